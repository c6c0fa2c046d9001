package dev.weir.console.editing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Problem;

import org.junit.jupiter.api.Test;

import java.util.Map;

class LabelTextTest {

    @Test
    void writesLabelsInTheOrderOfTheirKeysAndReadsThemBack() {
        String text = LabelText.of(Map.of("team", "shop", "env", "prod"));

        assertThat(text).isEqualTo("env=prod, team=shop");
        assertThat(LabelText.read(text + ", tier=", Map.of()).labels())
                .isEqualTo(Map.of("env", "prod", "team", "shop", "tier", ""));
    }

    @Test
    void keepsADeclaredValueWithACommaWhereNothingWasTyped() {
        Map<String, String> declared = Map.of("owners", "ann,bob");

        LabelText read = LabelText.read(LabelText.of(declared), declared);

        assertThat(read.labels()).isEqualTo(declared);
        assertThat(read.problems()).isEmpty();
    }

    @Test
    void tellsWhatIsNoLabelAndWhatIsGivenTwice() {
        assertThat(LabelText.read("prod, a=1, a=2", Map.of()).problems())
                .containsExactly(
                        new Problem("labels", "must be key=value, is 'prod'"),
                        new Problem("labels", "key 'a' is given twice; keep one"));
    }
}
