package dev.weir.bundle;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/// Gives a command one option for each setting of its role, and reads the settings when it runs.
final class SettingFlags {
    private static final String CONFIG = "--config";

    private SettingFlags() {}

    static CommandLine addTo(CommandLine command, Setting.Role role) {
        CommandSpec spec = command.getCommandSpec();
        for (Setting setting : Setting.values()) {
            if (setting.isFor(role)) {
                OptionSpec.Builder option =
                        OptionSpec.builder(setting.flag())
                                .type(String.class)
                                .paramLabel(setting.form())
                                .description(setting.description());
                if (setting == Setting.HEADLESS) {
                    option.arity("0..1").fallbackValue("true");
                }
                spec.addOption(option.build());
            }
        }
        spec.addOption(
                OptionSpec.builder(CONFIG)
                        .type(Path.class)
                        .paramLabel("FILE")
                        .description("Settings file; weir.yaml in the data directory where absent.")
                        .build());
        return command;
    }

    /// Reads the settings of a command that is about to run.
    static Settings read(CommandSpec spec, Setting.Role role, Map<String, String> environment)
            throws InvalidSettingsException {
        ParseResult line = spec.commandLine().getParseResult();
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (setting.isFor(role)) {
                String value = line.matchedOptionValue(setting.flag(), "");
                if (!value.isEmpty()) {
                    flags.put(setting, value);
                }
            }
        }
        return Settings.read(role, config(line, environment), environment, flags);
    }

    private static @Nullable Path config(ParseResult line, Map<String, String> environment) {
        if (line.hasMatchedOption(CONFIG)) {
            return line.matchedOptionValue(CONFIG, Path.of("weir.yaml"));
        }
        String variable = environment.get("WEIR_CONFIG");
        return variable == null || variable.isEmpty() ? null : Path.of(variable);
    }
}
