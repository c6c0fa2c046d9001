package dev.weir.agent.operation;

import dev.weir.model.FailureReason;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Records JFR in another JVM of the same user, through the `jcmd` of this Java.
record AttachedJvm(long pid) implements JvmRecorder {

    @Override
    public void record(Duration duration, ArtifactDraft draft)
            throws IOException, OperationFailedException, InterruptedException {
        String name = "weir-" + UUID.randomUUID();
        Path directory = Files.createTempDirectory("weir-jfr");
        Path file = directory.resolve("recording.jfr");
        try {
            command("JFR.start", "name=" + name, "settings=profile");
            try {
                Thread.sleep(duration);
                command("JFR.stop", "name=" + name, "filename=" + file);
            } catch (InterruptedException stopped) {
                discard(name);
                throw stopped;
            }
            try (InputStream bytes = Files.newInputStream(file)) {
                draft.writeAll(bytes);
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        }
    }

    /// Ends the recording in the JVM without a file; the interrupt has been taken by then.
    private void discard(String name) throws IOException, InterruptedException {
        try {
            command("JFR.stop", "name=" + name);
        } catch (OperationFailedException gone) {
            // the JVM ended, and its recording with it
        }
    }

    private void command(String... words)
            throws IOException, OperationFailedException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd) && !Files.isExecutable(Path.of(jcmd + ".exe"))) {
            throw new OperationFailedException(
                    FailureReason.ENGINE_UNSUPPORTED,
                    "JVM %d: the agent's Java has no jcmd (%s); run the agent with a JDK"
                            .formatted(pid, jcmd));
        }
        List<String> line = new ArrayList<>(List.of(jcmd.toString(), Long.toString(pid)));
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw refused(words[0], said);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private OperationFailedException refused(String command, String said) {
        boolean gone = ProcessHandle.of(pid).isEmpty();
        return new OperationFailedException(
                gone ? FailureReason.PROCESS_NOT_FOUND : FailureReason.INTERNAL,
                "JVM %d: %s%s; choose another process"
                        .formatted(
                                pid,
                                gone ? "it ended" : "refused " + command,
                                ServerText.quoted(said, null)));
    }
}
