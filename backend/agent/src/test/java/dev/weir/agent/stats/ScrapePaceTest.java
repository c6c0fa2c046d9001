package dev.weir.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class ScrapePaceTest {
    private final ScrapePace pace = new ScrapePace(Duration.ofSeconds(1));

    @Test
    void keepsTheIntervalWhereTheEngineAnswersAtOnce() {
        assertThat(pace.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.after(Duration.ofMillis(100))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void leavesASlowEngineNineTenthsOfItsTime() {
        assertThat(pace.after(Duration.ofMillis(400))).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void isNeverTooSeldomToSeeAnything() {
        assertThat(pace.after(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(10));
    }
}
