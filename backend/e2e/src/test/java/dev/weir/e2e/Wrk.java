package dev.weir.e2e;

import dev.weir.testkit.Tool;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Load from the program `wrk`, and its verdict.
final class Wrk {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern SOCKET =
            Pattern.compile(
                    "Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    private Wrk() {}

    /// @param completed responses received
    /// @param failed socket errors and answers that are neither 2xx nor 3xx
    record Verdict(long completed, long failed, String output) {}

    /// Keeps `connections` busy for `duration`.
    static Verdict load(URI target, int connections, Duration duration) {
        return verdict(
                "-t1",
                "-c" + connections,
                "-d" + duration.toSeconds() + "s",
                "--timeout",
                "10s",
                target.toString());
    }

    /// Sends exactly `count` requests, one after another on one connection.
    static Verdict exactly(URI target, int count) throws Exception {
        Path script = Files.createTempFile("weir-e2e", ".lua");
        Files.writeString(
                script,
                """
                local answered = 0
                function response()
                    answered = answered + 1
                    if answered == %d then wrk.thread:stop() end
                end
                """
                        .formatted(count));
        try {
            return verdict("-t1", "-c1", "-d60s", "-s", script.toString(), target.toString());
        } finally {
            Files.deleteIfExists(script);
        }
    }

    private static Verdict verdict(String... arguments) {
        Tool.Result result = Tool.required("wrk", "apt-get install wrk").run(arguments);
        Matcher requests = REQUESTS.matcher(result.output());
        if (!requests.find()) {
            throw new AssertionError("wrk: " + result.output() + result.errors());
        }
        long failed = 0;
        Matcher socket = SOCKET.matcher(result.output());
        if (socket.find()) {
            for (int group = 1; group <= 4; group++) {
                failed += Long.parseLong(socket.group(group));
            }
        }
        Matcher status = STATUS.matcher(result.output());
        if (status.find()) {
            failed += Long.parseLong(status.group(1));
        }
        return new Verdict(Long.parseLong(requests.group(1)), failed, result.output());
    }
}
