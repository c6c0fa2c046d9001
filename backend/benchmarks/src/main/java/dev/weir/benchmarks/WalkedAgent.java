package dev.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An agent that is walked, in the network namespace of the benchmark.
///
/// @param process the agent's process
/// @param table what is walked
record WalkedAgent(String name, Process process, int port, String table) {
    private static final int TICKS_PER_SECOND = 100; // sysconf(_SC_CLK_TCK) on every Linux

    /// What some walks cost.
    record Cost(double agentMicros, double clientMicros, double wallMicros, long bindings) {}

    /// How a walk proves who it is.
    enum Version {
        V2C(List.of("-v2c", "-c", SnmpWalkAgent.COMMUNITY)),
        V3(
                List.of(
                        "-v3",
                        "-l",
                        "authPriv",
                        "-u",
                        SnmpWalkAgent.USER,
                        "-a",
                        "SHA-256",
                        "-A",
                        SnmpWalkAgent.PASSPHRASE,
                        "-x",
                        "AES",
                        "-X",
                        SnmpWalkAgent.PASSPHRASE));

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> options;

        Version(List<String> options) {
            this.options = options;
        }
    }

    /// Walks the table some times and returns the cost of one binding.
    Cost walk(NetworkNamespace namespace, Version version, int walks) throws Exception {
        List<String> command = new ArrayList<>(List.of("snmpbulkwalk"));
        command.addAll(version.options);
        command.addAll(List.of("-m", "", "-Onq", "-Cr50", "-t", "10", "127.0.0.1:" + port, table));
        long bindings = 0;
        long agent = ticks(process.pid(), 13);
        long client = ticks(ProcessHandle.current().pid(), 15);
        long start = System.nanoTime();
        for (int walk = 0; walk < walks; walk++) {
            bindings += lines(namespace.start(command, ProcessBuilder.Redirect.INHERIT));
        }
        double wall = (System.nanoTime() - start) / 1e3;
        double agentMicros = (ticks(process.pid(), 13) - agent) * 1e6 / TICKS_PER_SECOND;
        double clientMicros =
                (ticks(ProcessHandle.current().pid(), 15) - client) * 1e6 / TICKS_PER_SECOND;
        return new Cost(agentMicros / bindings, clientMicros / bindings, wall / bindings, bindings);
    }

    private long lines(Process walk) throws IOException, InterruptedException {
        byte[] output = walk.getInputStream().readAllBytes();
        if (walk.waitFor() != 0) {
            throw new IOException(name + ": a walk ended with code " + walk.exitValue());
        }
        long lines = 0;
        for (byte octet : output) {
            lines += octet == '\n' ? 1 : 0;
        }
        return lines;
    }

    /// User and system time in clock ticks, from two neighbouring fields of `/proc/PID/stat`
    /// counted from 0: 13 for the process itself, 15 for its children that ended.
    private static long ticks(long pid, int field) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        int place = field - 2; // the first two are before the parenthesis
        return Long.parseLong(fields[place]) + Long.parseLong(fields[place + 1]);
    }
}
