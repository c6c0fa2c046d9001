package dev.weir.console.settings;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;

/// Keeps the settings in `console.json`, replaced as a whole with every change.
///
/// Confined to the user interface's thread. A file that cannot be read or written is logged and
/// left alone: the console works without its memory.
public final class SettingsStore {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsStore.class);

    private final ObjectMapper json =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();
    private final Path file;
    private final ReadOnlyObjectWrapper<Settings> settings;

    /// @param directory the console's own; made with the first change
    public SettingsStore(Path directory) {
        this.file = directory.resolve("console.json");
        this.settings = new ReadOnlyObjectWrapper<>(read());
    }

    public Settings get() {
        return settings.get();
    }

    public ReadOnlyObjectProperty<Settings> settingsProperty() {
        return settings.getReadOnlyProperty();
    }

    /// Changes the settings and writes them down.
    public void change(UnaryOperator<Settings> edit) {
        Settings changed = edit.apply(settings.get());
        if (changed.equals(settings.get())) {
            return;
        }
        settings.set(changed);
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling("console.json.new");
            json.writeValue(fresh.toFile(), changed);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException wrong) {
            LOG.warn("settings {}: cannot be written; check the directory's rights", file, wrong);
        }
    }

    private Settings read() {
        if (!Files.exists(file)) {
            return Settings.FIRST;
        }
        try {
            return json.readValue(file.toFile(), Settings.class);
        } catch (IOException wrong) {
            LOG.warn("settings {}: cannot be read; starting with the defaults", file, wrong);
            return Settings.FIRST;
        }
    }
}
