package dev.weir.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

class PartsTest {
    private final List<String> ended = Collections.synchronizedList(new ArrayList<>());

    @Test
    void endInTheOppositeOrderThoughOneFails() {
        Parts parts = new Parts(Duration.ofSeconds(10));
        parts.onClose("store", () -> ended.add("store"));
        parts.onClose(
                "broken",
                () -> {
                    throw new IllegalStateException("broken");
                });
        parts.onClose("server", () -> ended.add("server"));
        parts.close();
        parts.close();
        assertThat(ended).containsExactly("server", "store");
    }

    @Test
    void areCutWhereTheyDoNotEndInTime() {
        CountDownLatch never = new CountDownLatch(1);
        Parts parts = new Parts(Duration.ofMillis(50));
        parts.onClose("stuck", never::await);
        long start = System.nanoTime();
        parts.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        never.countDown();
    }

    @Test
    void sayInOneLineWhatDidNotStart() {
        Parts parts = new Parts(Duration.ofSeconds(1));
        assertThatThrownBy(() ->
                        parts.run(
                                "xds 127.0.0.1:1",
                                () -> {
                                    throw new java.io.IOException(
                                            "outer",
                                            new BindException("Address already in use\nmore"));
                                }))
                .isInstanceOf(StartException.class)
                .hasMessage("xds 127.0.0.1:1: cannot start: Address already in use");
    }
}
