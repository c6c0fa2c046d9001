package dev.weir.agent.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Who may work at once.
final class TurnsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void letsSoManyWorkOnTheNode() throws Exception {
        Turns turns = new Turns(2, LONG);
        assertThat(most(turns, 20, _ -> Optional.empty())).isEqualTo(2);
    }

    @Test
    void letsOneWorkOnAnExclusiveThing() throws Exception {
        Turns turns = new Turns(8, LONG);
        assertThat(most(turns, 20, _ -> Optional.of("the profiler"))).isEqualTo(1);
    }

    @Test
    void doesNotLetThoseWhoQueueForOneTargetBlockTheOthers() throws Exception {
        Turns turns = new Turns(2, Duration.ofMillis(50));
        try (Turns.Turn _ = turns.take(Optional.of("busy")).orElseThrow()) {
            assertThat(turns.take(Optional.of("busy"))).isEmpty();
            try (Turns.Turn other = turns.take(Optional.of("idle")).orElseThrow()) {
                assertThat(other).isNotNull();
            }
        }
        try (Turns.Turn again = turns.take(Optional.of("busy")).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void givesUpWhereNoTurnComes() throws Exception {
        Turns turns = new Turns(1, Duration.ofMillis(20));
        try (Turns.Turn _ = turns.take(Optional.empty()).orElseThrow()) {
            assertThat(turns.take(Optional.empty())).isEmpty();
            assertThat(turns.take(Optional.of("any"))).isEmpty();
        }
        assertThat(turns.take(Optional.of("any"))).isPresent();
    }

    private static int most(
            Turns turns, int runs, java.util.function.IntFunction<Optional<String>> exclusive)
            throws Exception {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                Optional<String> thing = exclusive.apply(i);
                ends.add(
                        workers.submit(() -> {
                            try (Turns.Turn _ = turns.take(thing).orElseThrow()) {
                                most.accumulateAndGet(working.incrementAndGet(), Math::max);
                                Thread.sleep(2);
                                working.decrementAndGet();
                            }
                            return null;
                        }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
        return most.get();
    }
}
