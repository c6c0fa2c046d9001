package dev.weir.profile;

import static dev.weir.profile.Profiles.collapsed;
import static dev.weir.profile.Profiles.read;
import static dev.weir.profile.Profiles.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class CollapsedReaderTest {

    @Test
    void takesTheCountAfterTheLastSpace() throws IOException {
        assertThat(stacks(collapsed("main thread;do it now 7", "main thread 2"), 0))
                .isEqualTo(Map.of("main thread;do it now", 7L, "main thread", 2L));
    }

    @Test
    void readsTwoCountsInEveryLineAsTwoProfiles() throws IOException {
        Profile profile = collapsed("main;do it 3 5", "main;new\t0 4", "main;gone 2  0");
        assertThat(profile.sampleTypes())
                .containsExactly(
                        new SampleType("before", "count"), new SampleType("after", "count"));
        assertThat(profile.header().defaultSampleType()).isEqualTo(1);
        assertThat(stacks(profile, 0)).isEqualTo(Map.of("main;do it", 3L, "main;gone", 2L));
        assertThat(stacks(profile, 1)).isEqualTo(Map.of("main;do it", 5L, "main;new", 4L));

        ProfileDiff diff = ProfileDiff.between(CallTree.of(profile, 0), CallTree.of(profile, 1));
        int gone = Profiles.node(diff.tree(), "main", "gone");
        assertThat(diff.baselineTotal(gone)).isEqualTo(2);
        assertThat(diff.nowTotal(gone)).isZero();
        assertThat(diff.change(gone)).isEqualTo(-0.4);
    }

    @Test
    void takesANumberForAPartOfTheFrameWhereOneLineHasNoSecond() throws IOException {
        assertThat(stacks(collapsed("main;worker 7 3", "main 1"), 0))
                .isEqualTo(Map.of("main;worker 7", 3L, "main", 1L));
        assertThat(stacks(collapsed("12 5"), 0)).isEqualTo(Map.of("12", 5L));
    }

    @Test
    void addsUpEqualStacks() throws IOException {
        assertThat(stacks(collapsed("a;b 1", "a;b 2"), 0)).isEqualTo(Map.of("a;b", 3L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void acceptsAByteOrderMarkCarriageReturnsAndBlankLines(String charset) throws IOException {
        byte[] text = "\ufeff\r\na;日本 3\r\n\r\nb 1\r\n".getBytes(Charset.forName(charset));
        assertThat(stacks(read(text), 0)).isEqualTo(Map.of("a;日本", 3L, "b", 1L));
    }

    @Test
    void keepsTheSemicolonsOfJavaSignaturesInsideTheirFrame() throws IOException {
        Profile profile =
                collapsed(
                        "java/util/Map.put(Ljava/lang/Object;[I)Ljava/lang/Object;;A.run()V 4",
                        "f(x;y) 1");
        assertThat(profile.frames().name(0))
                .isEqualTo("java/util/Map.put(Ljava/lang/Object;[I)Ljava/lang/Object;");
        assertThat(profile.frames().name(1)).isEqualTo("A.run()V");
        assertThat(profile.frames().name(2)).isEqualTo("f(x");
    }

    @Test
    void turnsTheSuffixesOfAsyncProfilerIntoKinds() throws IOException {
        Profile profile = collapsed("a_[0];b_[j];c_[i];write_[k] 1");
        CallTree tree = CallTree.of(profile, 0);
        assertThat(tree.name(1)).isEqualTo("a");
        assertThat(kind(tree, 1)).isEqualTo(FrameKind.INTERPRETED);
        assertThat(kind(tree, 2)).isEqualTo(FrameKind.COMPILED);
        assertThat(kind(tree, 3)).isEqualTo(FrameKind.INLINED);
        assertThat(kind(tree, 4)).isEqualTo(FrameKind.KERNEL);
    }

    @Test
    void notesTheLinesItSkipped() throws IOException {
        Profile profile = collapsed("# made by hand", "a 1", "b", "c 1x");
        assertThat(profile.header().notes())
                .containsExactly("3 lines without a count skipped, the first is line 1");
        assertThat(profile.total(0)).isEqualTo(1);
    }

    @Test
    void refusesTextWithoutAnyStack() {
        assertThatThrownBy(() -> collapsed("hello", "world"))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessage(
                        "collapsed stacks profile: no line is a stack followed by a space and a"
                                + " count (first: line 1) (at byte 11)");
    }

    @Test
    void refusesCountsWhoseSumOverflows() {
        assertThatThrownBy(() -> collapsed("a " + Long.MAX_VALUE, "b " + Long.MAX_VALUE))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContaining("the sum of the values exceeds 2^62");
    }

    @Test
    void refusesMoreThanItsLimits() {
        Limits limits = new Limits(1000, 1000, 2, 3, 4, 5);
        assertThatThrownBy(() -> read(ascii("a 1\na 1\na 1"), limits))
                .hasMessageContaining("too many samples (more than 2)");
        assertThatThrownBy(() -> read(ascii("a;b;c;d 1"), limits))
                .hasMessageContaining("too many frames in one stack (more than 3)");
        assertThatThrownBy(() -> read(ascii("a;b;c 1\nd;e 1"), limits))
                .hasMessageContaining("too many functions (more than 4)");
        assertThatThrownBy(() -> read(ascii("a;b;c 1\nc;b;a 1"), limits))
                .hasMessageContaining("too many distinct stacks (more than 5)");
        assertThatThrownBy(() -> read(new byte[1001], limits))
                .hasMessageContaining("larger than 1000 bytes");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static FrameKind kind(CallTree tree, int node) {
        return tree.frames().siteKind(tree.site(node));
    }
}
