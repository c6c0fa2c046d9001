package dev.weir.benchmarks;

import dev.weir.model.Engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long an edit takes from its commit until traffic follows, with many virtual servers in
/// place, on both engines.
///
/// Arguments: numbers of virtual servers, 1000 and 5000 where absent. The prober asks without a
/// pause, so the resolution is one request; it shares the processors with what it measures.
public final class PropagationBenchmark {
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 60;
    private static final int PERCENT = 100;
    private static final int SPREAD_LOW = 10;
    private static final int SPREAD_HIGH = 90;

    private PropagationBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        List<Integer> sizes = new ArrayList<>();
        for (String argument : arguments) {
            sizes.add(Integer.valueOf(argument));
        }
        if (sizes.isEmpty()) {
            sizes.addAll(List.of(1000, 5000));
        }
        print("| engine | virtual servers | edit | median ms | p10–p90 ms | max ms |");
        print("|---|---|---|---|---|---|");
        for (int size : sizes) {
            for (Engine engine : Engine.values()) {
                run(engine, size);
            }
        }
    }

    private static void run(Engine engine, int size) throws Exception {
        long start = System.nanoTime();
        try (PropagationStage stage = new PropagationStage(engine, size)) {
            double ready = milliseconds(System.nanoTime() - start);
            print("| %s | %d | start to all serving | %.0f | | |".formatted(engine, size, ready));
            report(engine, size, "move a target", measured(stage, stage::moveTarget));
            report(engine, size, "change a route", measured(stage, stage::changeRoute));
            List<Double> added = new ArrayList<>();
            List<Double> removed = new ArrayList<>();
            for (int i = 0; i < WARM_UP + ROUNDS; i++) {
                added.add(timed(stage, stage::add));
                removed.add(timed(stage, stage::remove));
            }
            report(engine, size, "add a virtual server", added.subList(WARM_UP, added.size()));
            report(engine, size, "delete it", removed.subList(WARM_UP, removed.size()));
        }
    }

    private static List<Double> measured(PropagationStage stage, Edit edit) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < WARM_UP + ROUNDS; i++) {
            times.add(timed(stage, edit));
        }
        return times.subList(WARM_UP, times.size());
    }

    private static double timed(PropagationStage stage, Edit edit) throws Exception {
        long start = System.nanoTime();
        edit.make();
        double took = milliseconds(System.nanoTime() - start);
        stage.settle();
        return took;
    }

    private static void report(Engine engine, int size, String edit, List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        print(
                "| %s | %d | %s | %.1f | %.1f–%.1f | %.1f |"
                        .formatted(
                                engine,
                                size,
                                edit,
                                percentile(sorted, PERCENT / 2),
                                percentile(sorted, SPREAD_LOW),
                                percentile(sorted, SPREAD_HIGH),
                                sorted.getLast()));
    }

    private static double percentile(List<Double> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / PERCENT));
    }

    private static double milliseconds(long nanos) {
        return nanos / (double) Duration.ofMillis(1).toNanos();
    }

    private static void print(String line) {
        System.out.println(line);
    }

    /// One edit that ends when traffic follows.
    private interface Edit {
        void make() throws Exception;
    }
}
