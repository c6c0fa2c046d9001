package dev.weir.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One run of wrk against one proxy: keep-alive connections, a request of twelve fields and about
/// 750 bytes.
///
/// @param requests answered
/// @param cpuMicros processor time of the proxy for each request
/// @param requestsPerSecond closed loop, so it depends on the load's share of the machine as well
/// @param p99Micros 99th percentile of the latency
/// @param failed socket errors and answers other than 2xx and 3xx
record ProxyLoad(
        long requests, double cpuMicros, double requestsPerSecond, double p99Micros, long failed) {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern SOCKET =
            Pattern.compile("connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    static ProxyLoad run(Contestant proxy, int connections, int seconds)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("taskset", "-c", "1", "wrk", "-t1", "--latency"));
        command.addAll(List.of("-c" + connections, "-d" + seconds + "s"));
        for (int i = 0; i < 10; i++) {
            command.add("-H");
            command.add("X-Request-Field-" + i + ": a value of a length that browsers send " + i);
        }
        command.add("http://127.0.0.1:" + proxy.port() + "/some/path?with=query");
        long before = proxy.cpuMicros();
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        long spent = proxy.cpuMicros() - before;
        double requests = number(REQUESTS, output, 1);
        return new ProxyLoad(
                (long) requests,
                spent / requests,
                number(RATE, output, 1),
                p99(output),
                failed(output));
    }

    private static double number(Pattern pattern, String output, int group) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk: " + output);
        }
        return Double.parseDouble(matcher.group(group));
    }

    private static double p99(String output) {
        double value = number(P99, output, 1);
        Matcher unit = P99.matcher(output);
        return unit.find()
                ? switch (unit.group(2)) {
                    case "us" -> value;
                    case "ms" -> value * 1_000;
                    default -> value * 1_000_000;
                }
                : value;
    }

    private static long failed(String output) {
        long failed = 0;
        Matcher socket = SOCKET.matcher(output);
        if (socket.find()) {
            for (int group = 1; group <= socket.groupCount(); group++) {
                failed += Long.parseLong(socket.group(group));
            }
        }
        Matcher status = STATUS.matcher(output);
        return status.find() ? failed + Long.parseLong(status.group(1)) : failed;
    }
}
