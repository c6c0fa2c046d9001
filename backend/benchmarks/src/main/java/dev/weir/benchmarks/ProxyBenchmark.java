package dev.weir.benchmarks;

import dev.weir.proxy.io.Transport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/// Weir's proxy beside HAProxy, nginx and Envoy: processor time for each request on keep-alive
/// HTTP/1.1.
///
/// All stay up during the whole run; each round loads each of them once, in a new order, so that a
/// slower minute of the machine falls on all; a round in which other programs ran is repeated.
/// Ratios are medians of the rounds' own ratios. Needs wrk, nginx and haproxy; two processors.
public final class ProxyBenchmark {
    /// The JVM has compiled the hot path well before; the others need a tenth of it.
    private static final long WARM_UP_REQUESTS = 400_000;

    /// A round in which other programs took more of the processors than this is measured again.
    private static final double MOST_OTHERS = 0.05;

    /// Rounds thrown away for each round kept, before any is taken as it comes.
    private static final int MOST_DISTURBED = 1;

    private ProxyBenchmark() {}

    /// Runs all rounds and prints one table.
    ///
    /// @param arguments rounds (9), seconds for each load (2), connections (64)
    public static void main(String[] arguments) throws Exception {
        int rounds = argument(arguments, 0, 9);
        int seconds = argument(arguments, 1, 2);
        int connections = argument(arguments, 2, 64);
        Path directory = Files.createTempDirectory("weir-proxy-benchmark");
        Map<String, List<ProxyLoad>> results = new LinkedHashMap<>();
        try (Contestants contestants = new Contestants(directory)) {
            contestants.haproxy();
            contestants.nginx();
            contestants.envoy();
            for (Transport transport : Transport.values()) {
                if (transport.available()) {
                    contestants.embedded(transport);
                }
            }
            for (Contestant proxy : contestants.proxies()) {
                check(proxy);
                warmUp(proxy, connections);
                results.put(proxy.name(), new ArrayList<>());
            }
            measure(contestants.proxies(), results, rounds, seconds, connections);
        }
        print(results, rounds, seconds, connections);
    }

    private static void warmUp(Contestant proxy, int connections)
            throws IOException, InterruptedException {
        long left = proxy.name().startsWith("weir") ? WARM_UP_REQUESTS : WARM_UP_REQUESTS / 10;
        while (left > 0) {
            left -= ProxyLoad.run(proxy, connections, 3).requests();
        }
    }

    private static void measure(
            List<Contestant> proxies,
            Map<String, List<ProxyLoad>> results,
            int rounds,
            int seconds,
            int connections)
            throws IOException, InterruptedException {
        List<Contestant> order = new ArrayList<>(proxies);
        Random shuffling = new Random(1);
        double mostOthers = 0;
        int kept = 0;
        int disturbed = 0;
        while (kept < rounds) {
            Collections.shuffle(order, shuffling);
            OtherPrograms before = OtherPrograms.now();
            Map<String, ProxyLoad> loads = new HashMap<>();
            for (Contestant proxy : order) {
                loads.put(proxy.name(), ProxyLoad.run(proxy, connections, seconds));
            }
            double others = OtherPrograms.now().shareSince(before);
            if (others > MOST_OTHERS && disturbed < MOST_DISTURBED * rounds) {
                disturbed++;
                continue;
            }
            kept++;
            mostOthers = Math.max(mostOthers, others);
            loads.forEach((name, load) -> results.getOrDefault(name, List.of()).add(load));
        }
        System.out.printf(
                Locale.ROOT,
                "Other programs took at most %.0f %% of the processors in a round; %d more rounds,"
                        + " in which they took more than %.0f %%, were thrown away.%n",
                100 * mostOthers,
                disturbed,
                100 * MOST_OTHERS);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
    }

    /// Waits until the proxy serves what the backend says, whole.
    private static void check(Contestant proxy) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + "/"))
                        .build();
        String last = "";
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int attempt = 0; attempt < 300; attempt++) {
                try {
                    HttpResponse<String> response =
                            client.send(request, HttpResponse.BodyHandlers.ofString());
                    boolean whole =
                            response.statusCode() == 200
                                    && response.body().equals("x".repeat(1024))
                                    && response.headers().firstValue("X-Field-7").isPresent();
                    if (whole) {
                        return;
                    }
                    last = response.statusCode() + " " + response.body();
                } catch (IOException notYet) {
                    last = notYet.toString();
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException(proxy.name() + ": does not serve (" + last + ")");
    }

    private static void print(
            Map<String, List<ProxyLoad>> results, int rounds, int seconds, int connections) {
        System.out.printf(
                Locale.ROOT,
                "%d rounds of %d s, %d keep-alive connections, one worker each%n%n",
                rounds,
                seconds,
                connections);
        System.out.println(
                "| proxy | CPU µs/request (min–max) | ratio to HAProxy (min–max) | requests/s (max) |"
                        + " p99 µs | failed |");
        System.out.println("|---|---|---|---|---|---|");
        List<ProxyLoad> reference = results.getOrDefault("haproxy", List.of());
        results.forEach((name, loads) -> {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < loads.size(); i++) {
                ratios.add(loads.get(i).cpuMicros() / reference.get(i).cpuMicros());
            }
            List<Double> cpu = sorted(loads, ProxyLoad::cpuMicros);
            List<Double> rates = sorted(loads, ProxyLoad::requestsPerSecond);
            Collections.sort(ratios);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f (%.1f–%.1f) | %.2f (%.2f–%.2f) | %.0f (%.0f) | %.0f | %d |%n",
                    name,
                    median(cpu),
                    cpu.getFirst(),
                    cpu.getLast(),
                    median(ratios),
                    ratios.getFirst(),
                    ratios.getLast(),
                    median(rates),
                    rates.getLast(),
                    median(sorted(loads, ProxyLoad::p99Micros)),
                    loads.stream().mapToLong(ProxyLoad::failed).sum());
        });
    }

    private static List<Double> sorted(List<ProxyLoad> loads, ToDoubleFunction<ProxyLoad> value) {
        return loads.stream().mapToDouble(value).sorted().boxed().toList();
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
