package dev.weir.console.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class ChartSpanTest {

    @Test
    void looksNoFartherBackThanThereIsSomethingToSee() {
        assertThat(ChartSpan.holding(Duration.ZERO)).isEqualTo(ChartSpan.ONE_MINUTE);
        assertThat(ChartSpan.holding(Duration.ofSeconds(60))).isEqualTo(ChartSpan.ONE_MINUTE);
        assertThat(ChartSpan.holding(Duration.ofSeconds(61))).isEqualTo(ChartSpan.TWO_MINUTES);
        assertThat(ChartSpan.holding(Duration.ofMinutes(4))).isEqualTo(ChartSpan.FIVE_MINUTES);
        assertThat(ChartSpan.holding(Duration.ofHours(1))).isEqualTo(ChartSpan.FIVE_MINUTES);
    }
}
