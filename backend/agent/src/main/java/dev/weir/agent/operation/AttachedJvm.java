package dev.weir.agent.operation;

import dev.weir.model.FailureReason;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Records JFR in another JVM, through the `jcmd` of this Java.
record AttachedJvm(long pid) implements JvmRecorder {

    @Override
    public void record(Duration duration, ArtifactDraft draft)
            throws IOException, OperationFailedException, InterruptedException {
        String name = "weir-" + UUID.randomUUID();
        Path directory = Files.createTempDirectory("weir-jfr");
        Path file = directory.resolve("recording.jfr");
        try {
            giveToTheJvm(directory);
            var _ = command("JFR.start", "name=" + name, "settings=profile");
            try {
                Thread.sleep(duration);
                stop(name, file);
            } catch (InterruptedException stopped) {
                discard(name);
                throw stopped;
            }
            try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                draft.writeAll(bytes);
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        }
    }

    /// The JVM writes the file itself, and may belong to another user than an agent that is root.
    private void giveToTheJvm(Path directory) throws IOException {
        String owner = user(ProcessHandle.of(pid));
        if (!owner.isEmpty() && !owner.equals(user(Optional.of(ProcessHandle.current())))) {
            Files.setOwner(
                    directory,
                    directory
                            .getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(owner));
        }
    }

    private static String user(Optional<ProcessHandle> process) {
        return process.flatMap(handle -> handle.info().user()).orElse("");
    }

    /// `jcmd` succeeds even where the JVM could not write the file.
    private void stop(String name, Path file)
            throws IOException, OperationFailedException, InterruptedException {
        String said = command("JFR.stop", "name=" + name, "filename=" + file);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            discard(name);
            throw refused("JFR.stop", said);
        }
    }

    /// Ends the recording in the JVM without a file; the interrupt has been taken by then.
    private void discard(String name) throws IOException, InterruptedException {
        try {
            var _ = command("JFR.stop", "name=" + name);
        } catch (OperationFailedException gone) {
            // the JVM ended, and its recording with it
        }
    }

    private String command(String... words)
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
            return said;
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
