package dev.weir.benchmarks;

import dev.weir.benchmarks.PropagationStage.Timing;
import dev.weir.model.Engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long an edit takes from the start of its REST call until traffic follows, with many virtual
/// servers in place: a real `weir serve` and a real `weir agent`.
///
/// Arguments: an engine (`embedded` or `envoy`) and a number of virtual servers. Edits are made one
/// at a time, each after the node has acknowledged the one before.
public final class PropagationBenchmark {
    /// Edits of each sort while the compiler still learns their path.
    private static final int EARLY = 100;

    /// Edits of each sort after that.
    private static final int ROUNDS = 60;

    private static final int PERCENT = 100;
    private static final int SPREAD_LOW = 10;
    private static final int SPREAD_HIGH = 90;

    private final Engine engine;
    private final int size;

    private PropagationBenchmark(Engine engine, int size) {
        this.engine = engine;
        this.size = size;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("usage: PropagationBenchmark embedded|envoy NUMBER");
            System.exit(2);
        }
        new PropagationBenchmark(
                        Engine.valueOf(arguments[0].toUpperCase(Locale.ROOT)),
                        Integer.parseInt(arguments[1]))
                .run();
    }

    private void run() throws Exception {
        print(
                "| engine | virtual servers | edit | traffic: median ms | p10–p90 | max"
                        + " | answered: median ms | p10–p90 | max |");
        print("|---|---|---|---|---|---|---|---|---|");
        long start = System.nanoTime();
        try (PropagationStage stage = new PropagationStage(engine, size)) {
            printOne("empty, then declared, to all serving", System.nanoTime() - start);
            start = System.nanoTime();
            stage.restart();
            printOne("both processes started to all serving", System.nanoTime() - start);
            Timing first = stage.moveTarget();
            report("first edit after that start", List.of(first));
            stage.settle();
            stage.moveTarget();
            // twice: what a restarted server does at first, and what it does from then on
            measure(stage, "early", EARLY);
            measure(stage, "warm", ROUNDS);
        }
    }

    private void measure(PropagationStage stage, String phase, int rounds) throws Exception {
        report(phase + ": move a target", timed(stage, rounds, stage::moveTarget));
        report(phase + ": change a route rule", timed(stage, rounds, stage::changeRule));
        stage.useBothTargets(true);
        report(phase + ": drain a target", timed(stage, rounds, stage::drain));
        stage.useBothTargets(false);
        List<Timing> added = new ArrayList<>();
        List<Timing> removed = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            added.add(stage.add());
            stage.settle();
            removed.add(stage.remove());
            stage.settle();
        }
        report(phase + ": add a virtual server", added);
        report(phase + ": delete it", removed);
    }

    private static List<Timing> timed(PropagationStage stage, int rounds, Edit edit)
            throws Exception {
        List<Timing> times = new ArrayList<>();
        stage.settle();
        for (int i = 0; i < rounds; i++) {
            times.add(edit.make());
            stage.settle();
        }
        return times;
    }

    private void report(String edit, List<Timing> timings) {
        print(
                "| %s | %d | %s | %s | %s |"
                        .formatted(
                                engine.name().toLowerCase(Locale.ROOT),
                                size,
                                edit,
                                spread(timings.stream().map(Timing::followed).sorted().toList()),
                                spread(timings.stream().map(Timing::answered).sorted().toList())));
    }

    private void printOne(String what, long nanos) {
        print(
                "| %s | %d | %s | %.0f | | | | | |"
                        .formatted(
                                engine.name().toLowerCase(Locale.ROOT),
                                size,
                                what,
                                milliseconds(nanos)));
    }

    private static String spread(List<Long> sorted) {
        return "%.1f | %.1f–%.1f | %.1f"
                .formatted(
                        percentile(sorted, PERCENT / 2),
                        percentile(sorted, SPREAD_LOW),
                        percentile(sorted, SPREAD_HIGH),
                        milliseconds(sorted.getLast()));
    }

    private static double percentile(List<Long> sorted, int percent) {
        return milliseconds(
                sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / PERCENT)));
    }

    private static double milliseconds(long nanos) {
        return nanos / (double) Duration.ofMillis(1).toNanos();
    }

    private static void print(String line) {
        System.out.println(line);
    }

    /// One edit that ends when traffic follows.
    private interface Edit {
        Timing make() throws Exception;
    }
}
