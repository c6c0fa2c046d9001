package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The negative control of every compiler gate: code that must not build, built with the project's
/// own parent.
class GateControlsTest {
    private static final String HEAD =
            "@NullMarked\npackage dev.weir.control;\n\nimport org.jspecify.annotations.NullMarked;\n";

    @TempDir Path project;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "sound code builds           | return name;                                     | BUILD SUCCESS",
                "NullAway refuses a null     | return null;                                     | [NullAway]",
                "Error Prone refuses a bug   | new IllegalStateException(name); return name;    | [DeadException]",
                "lint refuses a raw type     | java.util.List all = null; return name + all;    | [rawtypes]",
                "the formatter refuses tabs  | return   name;                                   | spotless",
            })
    void bites(String control, String body, String expected) throws Exception {
        Path sources = Files.createDirectories(project.resolve("src/main/java/dev/weir/control"));
        Files.writeString(sources.resolve("package-info.java"), HEAD);
        Files.writeString(sources.resolve("Control.java"), source(body));
        Files.writeString(project.resolve("pom.xml"), pom());

        String output = maven("compile");

        assertThat(output).as(control).contains(expected);
        if (!expected.equals("BUILD SUCCESS")) {
            assertThat(output).as(control).contains("BUILD FAILURE");
        }
    }

    private static String source(String body) {
        String statements = body.strip().replace("; ", ";\n        ");
        return """
        package dev.weir.control;

        final class Control {
            private Control() {}

            static String echo(String name) {
                %s
            }
        }
        """
                .formatted(statements);
    }

    private String pom() {
        Path parent = root().resolve("pom.xml");
        return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>dev.weir</groupId>
            <artifactId>weir</artifactId>
            <version>0.1.0-SNAPSHOT</version>
            <relativePath>%s</relativePath>
          </parent>
          <artifactId>weir-control</artifactId>
        </project>
        """
                .formatted(project.relativize(parent));
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("LICENSE"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private String maven(String... goals) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                                "-o",
                                "-B",
                                "-f",
                                project.resolve("pom.xml").toString()));
        command.addAll(List.of(goals));
        Path log = project.resolve("maven.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("maven ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(log);
    }
}
