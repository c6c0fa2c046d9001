package dev.weir.profile;

import static dev.weir.profile.Profiles.read;
import static dev.weir.profile.Profiles.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class SpeedscopeReaderTest {
    private static final String FRAMES =
            """
            "shared": {"frames": [{"name": "a", "file": "a.c", "line": 3}, {"name": "b"},
             {"name": "c", "col": null}]}
            """;

    @Test
    void readsSampledProfiles() throws IOException {
        Profile profile =
                file(
                        """
                        {"type": "sampled", "name": "main", "unit": "milliseconds",
                         "startValue": 0, "endValue": 3,
                         "samples": [[0, 1], [0], [0, 1, 2], []], "weights": [1.5, 0.25, 1, 2]}
                        """);
        assertThat(profile.sampleTypes()).containsExactly(new SampleType("time", "nanoseconds"));
        assertThat(stacks(profile, 0))
                .isEqualTo(Map.of("a;b", 1_500_000L, "a", 250_000L, "a;b;c", 1_000_000L));
        assertThat(profile.total(0)).isEqualTo(4_750_000);
        assertThat(profile.labels(0)).containsExactly(new Label.Text("profile", "main"));
        CallTree tree = CallTree.of(profile, 0);
        assertThat(tree.frames().file(tree.function(1))).isEqualTo("a.c");
        assertThat(tree.frames().siteLine(tree.site(1))).isEqualTo(3);
    }

    @Test
    void readsEventedProfiles() throws IOException {
        Profile profile =
                file(
                        """
                        {"type": "evented", "name": "t", "unit": "none", "startValue": 10,
                         "endValue": 30, "events": [
                          {"type": "O", "frame": 0, "at": 10}, {"type": "O", "frame": 1, "at": 12},
                          {"type": "C", "frame": 1, "at": 17}, {"type": "C", "frame": 0, "at": 20},
                          {"type": "O", "frame": 1, "at": 25}]}
                        """);
        assertThat(stacks(profile, 0)).isEqualTo(Map.of("a", 5L, "a;b", 5L, "b", 5L));
        assertThat(profile.header().notes()).containsExactly("1 frames of \"t\" are never closed");
    }

    @Test
    void mergesTheThreadsOfAFileAndKeepsUnitsApart() throws IOException {
        Profile profile =
                read(
                        utf8(
                                """
                                {"profiles": [
                                 {"name": "x", "unit": "bytes", "samples": [[1]], "weights": [7]},
                                 {"name": "y", "unit": "none", "samples": [[1]], "weights": [2]},
                                 {"name": "z", "unit": "none", "samples": [[1]], "weights": [3]}],
                                 "activeProfileIndex": 2, %s}
                                """
                                        .formatted(FRAMES)));
        assertThat(profile.sampleTypes())
                .containsExactly(
                        new SampleType("size", "bytes"), new SampleType("samples", "count"));
        assertThat(profile.header().defaultSampleType()).isEqualTo(1);
        assertThat(stacks(profile, 0)).isEqualTo(Map.of("b", 7L));
        assertThat(stacks(profile, 1)).isEqualTo(Map.of("b", 5L));
    }

    @Test
    void forgivesTimesThatDifferByRoundingOnly() throws IOException {
        Profile profile =
                file(
                        """
                        {"unit": "seconds", "events": [
                         {"type": "O", "frame": 0, "at": 1.0000000000000002},
                         {"type": "O", "frame": 1, "at": 1},
                         {"type": "C", "frame": 1, "at": 2}, {"type": "C", "frame": 0, "at": 2}]}
                        """);
        assertThat(profile.total(0)).isEqualTo(1_000_000_000);
    }

    @Test
    void namesTheEventThatIsOutOfOrder() {
        assertThatThrownBy(() ->
                        file(
                                """
                                {"unit": "none", "events": [
                                 {"type": "O", "frame": 0, "at": 5},
                                 {"type": "C", "frame": 0, "at": 4}]}
                                """))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContaining(
                        "speedscope profile: event 1 goes back in time (5.0 to 4.0) (at byte ");
        assertThatThrownBy(() ->
                        file(
                                """
                                {"unit": "none", "events": [
                                 {"type": "O", "frame": 0, "at": 5},
                                 {"type": "C", "frame": 2, "at": 6}]}
                                """))
                .hasMessageContaining("event 1 closes frame 2 while frame 0 is open");
    }

    @Test
    void namesWhatIsWrongInDamagedFiles() {
        for (List<String> damage :
                List.of(
                        List.of("{\"unit\": \"none\", \"samples\": [[9]]}", "frame 9 of a table"),
                        List.of("{\"unit\": \"none\", \"samples\": [[0]]}", "1 samples, but 0"),
                        List.of("{\"unit\": \"parsec\"}", "an unknown unit (parsec)"),
                        List.of("{\"weights\": [1e999]}", "a number out of range"),
                        List.of("{\"samples\": 3}", "\"samples\": START_ARRAY expected"))) {
            assertThatThrownBy(() -> file(damage.getFirst()))
                    .isInstanceOf(ProfileFormatException.class)
                    .hasMessageContaining(damage.getLast());
        }
        assertThatThrownBy(() -> read(utf8("{}"))).hasMessageContaining("no \"profiles\"");
        assertThatThrownBy(() -> read(utf8("{\"shared\": {\"frames\": [")))
                .isInstanceOf(ProfileFormatException.class);
        assertThatThrownBy(() -> read(utf8("{\"x\": " + "[".repeat(100_000))))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContaining("damaged JSON");
    }

    private static Profile file(String profile) throws IOException {
        return read(
                utf8(
                        "{\"$schema\": \"https://www.speedscope.app/file-format-schema.json\", "
                                + FRAMES
                                + ", \"profiles\": ["
                                + profile
                                + "]}"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
