package dev.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What the rest of the machine does meanwhile: processor time that neither this program nor a
/// process it started has used.
///
/// Ticks of 10 ms, from proc(5); time stolen by the host counts as well.
///
/// @param elapsed ticks of all processors together
/// @param others those of them that were spent elsewhere
record OtherPrograms(long elapsed, long others) {
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;
    private static final int USER_TICKS = 11;

    /// User and system time, of the process and of the children that it has waited for.
    private static final int TIMES = 4;

    static OtherPrograms now() throws IOException {
        long own = ticks(ProcessHandle.current());
        try (Stream<ProcessHandle> started = ProcessHandle.current().descendants()) {
            for (ProcessHandle process : started.toList()) {
                own += ticks(process);
            }
        }
        String[] fields =
                Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split(" +", -1);
        long elapsed = 0;
        for (int i = 1; i <= STEAL; i++) {
            elapsed += Long.parseLong(fields[i]);
        }
        long idle = Long.parseLong(fields[IDLE]) + Long.parseLong(fields[IO_WAIT]);
        return new OtherPrograms(elapsed, elapsed - idle - own);
    }

    /// The share of all processors that others have taken since, 0 to 1.
    double shareSince(OtherPrograms before) {
        double share = (double) (others - before.others) / (elapsed - before.elapsed);
        return Math.clamp(share, 0, 1);
    }

    private static long ticks(ProcessHandle process) throws IOException {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        } catch (NoSuchFileException ended) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = USER_TICKS; i < USER_TICKS + TIMES; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks;
    }
}
