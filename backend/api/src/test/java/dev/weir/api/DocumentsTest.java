package dev.weir.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.InvalidException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.Random;

class DocumentsTest {

    static List<String> hostile() {
        return List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "- ".repeat(50_000),
                "a:\n".repeat(10) + "\t\tb",
                "a: &a [x, x]\nb: [*a, *a]",
                "\"unterminated",
                "{\"a\":1} trailing",
                "\u0000\u0001\u0002",
                "!!javax.script.ScriptEngineManager [x",
                "%YAML 9.9\n---\na",
                "{\"" + "k".repeat(5000) + "\":1}");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesHostileTextWithAClearMessage(String text) {
        assertThatThrownBy(() -> Documents.STANDARD.json(text.getBytes(UTF_8)))
                .isInstanceOf(InvalidException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("Exception"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void neverFailsOtherwiseOnHostileYaml(String text) {
        try {
            Documents.STANDARD.yaml(text.getBytes(UTF_8));
        } catch (InvalidException refused) {
            assertThat(refused.getMessage()).doesNotContain("dev.weir", "java.");
        }
    }

    @Test
    void survivesRandomBytes() {
        Random random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            for (byte[] text : List.of(bytes, new String(bytes, ISO_8859_1).getBytes(UTF_8))) {
                try {
                    Documents.STANDARD.yaml(text);
                    Documents.STANDARD.json(text);
                } catch (InvalidException refused) {
                    assertThat(refused.problems()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void namesAnAliasAsWhatItIs() {
        assertThatThrownBy(() -> Documents.STANDARD.yaml("a: &x 1\nb: *x".getBytes(UTF_8)))
                .hasMessageContaining("b is a YAML alias");
    }

    @Test
    void takesNoMoreBytesThanItsBound() {
        assertThatThrownBy(() -> new Documents(10, 5).json("[1,2,3,4,5,6]".getBytes(UTF_8)))
                .hasMessageContaining("at most 10 bytes");
    }

    @Test
    void writesDurationsInTheLargestUnitThatSaysThemExactly() {
        assertThat(Words.of(Duration.ofMillis(250))).isEqualTo("250ms");
        assertThat(Words.of(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Words.of(Duration.ofMinutes(2))).isEqualTo("2m");
        assertThat(Words.of(Duration.ofHours(1))).isEqualTo("1h");
        assertThat(Words.duration("1d")).isEmpty();
        assertThat(Words.duration("5 s")).isEmpty();
    }
}
