package dev.weir.console.flame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Locale;
import java.util.ResourceBundle;

class FlameTextsTest {
    private final FlameTexts english = new FlameTexts(Locale.US);

    @Test
    void choosesTheUnitThatFits() {
        assertThat(english.value(950, "nanoseconds")).isEqualTo("950 ns");
        assertThat(english.value(1_250_000_000, "nanoseconds")).isEqualTo("1.25 s");
        assertThat(english.value(3 << 20, "bytes")).isEqualTo("3.00 MiB");
        assertThat(english.value(12_345, "count")).isEqualTo("12,345");
    }

    @Test
    void neverWritesSomethingAsNothing() {
        assertThat(english.percent(0)).isEqualTo("0 %");
        assertThat(english.percent(0.00001)).isEqualTo("< 0.01 %");
        assertThat(english.change(-0.125)).isEqualTo("−12.5 pp");
    }

    @Test
    void speaksChineseWithTheSameWords() {
        ResourceBundle en = bundle(Locale.US);
        ResourceBundle zh = bundle(Locale.CHINA);
        assertThat(zh.getLocale().getLanguage()).isEqualTo("zh");
        assertThat(zh.keySet()).isEqualTo(en.keySet());
        for (FlameAction action : FlameAction.values()) {
            assertThat(en.containsKey("action." + action.name())).isTrue();
        }
        assertThat(new FlameTexts(Locale.CHINA).text("frame.all")).isEqualTo("全部");
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                "dev.weir.console.flame.flame",
                locale,
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
