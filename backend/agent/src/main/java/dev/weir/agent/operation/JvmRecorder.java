package dev.weir.agent.operation;

import dev.weir.model.FailureReason;

import jdk.jfr.Configuration;
import jdk.jfr.Recording;

import java.io.IOException;
import java.io.InputStream;
import java.text.ParseException;
import java.time.Duration;

/// Records JFR with the settings `profile` for a while. Blocking.
interface JvmRecorder {

    /// Writes the recording to the draft.
    void record(Duration duration, ArtifactDraft draft)
            throws IOException, OperationFailedException, InterruptedException;

    /// The recorder for a process id or `self`.
    ///
    /// @throws OperationFailedException PROCESS_NOT_FOUND where no JVM has that id
    static JvmRecorder of(String pid) throws OperationFailedException {
        if (pid.equals("self") || pid.equals(Long.toString(ProcessHandle.current().pid()))) {
            return JvmRecorder::recordSelf;
        }
        return new AttachedJvm(JavaProcesses.require(pid));
    }

    private static void recordSelf(Duration duration, ArtifactDraft draft)
            throws IOException, OperationFailedException, InterruptedException {
        try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
            recording.setName("weir-diagnosis");
            recording.start();
            Thread.sleep(duration);
            recording.stop();
            try (InputStream bytes = recording.getStream(null, null)) {
                if (bytes == null) {
                    throw new OperationFailedException(
                            FailureReason.EMPTY_PROFILE,
                            "JVM self: the recording holds nothing; ask for more seconds");
                }
                draft.writeAll(bytes);
            }
        } catch (ParseException broken) {
            throw new IOException("JVM self: its JFR settings 'profile' are broken", broken);
        }
    }
}
