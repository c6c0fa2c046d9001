package dev.weir.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A network of its own, with many routes to its loopback interface; needs root.
final class NetworkNamespace implements AutoCloseable {
    private final Process keeper;

    /// @param routes how many routes there are, to single addresses of 10.0.0.0/8
    NetworkNamespace(int routes) throws IOException, InterruptedException {
        keeper = new ProcessBuilder("unshare", "--net", "sh", "-c", "echo up; exec cat").start();
        if (keeper.getInputStream().read() < 0) {
            throw new IOException(
                    "network namespace: cannot be made; run the benchmark as root on Linux");
        }
        run(List.of("ip", "link", "set", "lo", "up"), "");
        StringBuilder batch = new StringBuilder();
        for (int route = 0; route < routes; route++) {
            batch.append("route add 10.1.%d.%d/32 dev lo\n".formatted(route >> 8, route & 255));
        }
        run(List.of("ip", "-batch", "-"), batch.toString());
    }

    /// Starts a program in the namespace, under its own process id.
    Process start(List<String> command, ProcessBuilder.Redirect errors) throws IOException {
        List<String> line =
                new ArrayList<>(List.of("nsenter", "--net=/proc/" + keeper.pid() + "/ns/net"));
        line.addAll(command);
        return new ProcessBuilder(line).redirectError(errors).start();
    }

    private void run(List<String> command, String input) throws IOException, InterruptedException {
        Process process = start(command, ProcessBuilder.Redirect.INHERIT);
        process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        if (process.waitFor() != 0) {
            throw new IOException(command + ": ended with code " + process.exitValue());
        }
    }

    @Override
    public void close() {
        keeper.destroy();
    }
}
