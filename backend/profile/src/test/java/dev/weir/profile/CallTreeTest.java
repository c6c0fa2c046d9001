package dev.weir.profile;

import static dev.weir.profile.Profiles.collapsed;
import static dev.weir.profile.Profiles.node;
import static dev.weir.profile.Profiles.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

class CallTreeTest {

    @Test
    void mergesStacksByFunctionFromTheRootOn() throws IOException {
        CallTree tree = tree("a;b;c 3", "a;b 2", "a;d 1", "e 4");
        assertThat(tree.size()).isEqualTo(6);
        assertThat(tree.maxDepth()).isEqualTo(3);
        assertThat(tree.total(0)).isEqualTo(10);
        int b = node(tree, "a", "b");
        assertThat(tree.total(b)).isEqualTo(5);
        assertThat(tree.self(b)).isEqualTo(2);
        assertThat(tree.depth(b)).isEqualTo(2);
        assertThat(tree.parent(b)).isEqualTo(node(tree, "a"));
        assertThat(tree.nextSibling(b)).isEqualTo(node(tree, "a", "d"));
        assertThat(tree.firstChild(node(tree, "e"))).isEqualTo(-1);
        assertThat(tree.nextSibling(0)).isEqualTo(-1);
    }

    @Test
    void countsARecursiveFunctionOncePerSample() throws IOException {
        TopTable top = TopTable.of(tree("main;f;f;g;f 5", "main;f 1", "main;g;f;f 2"));
        assertThat(top.total()).isEqualTo(8);
        assertThat(top.rows())
                .extracting(TopTable.Row::name, TopTable.Row::flat, TopTable.Row::cum)
                .containsExactly(tuple("f", 8L, 8L), tuple("g", 0L, 7L), tuple("main", 0L, 8L));
    }

    @Test
    void limitsTheTableToASubtree() throws IOException {
        CallTree tree = tree("main;f;g 5", "main;g 2");
        TopTable top = TopTable.of(tree, node(tree, "main", "f"));
        assertThat(top.total()).isEqualTo(5);
        assertThat(top.rows()).extracting(TopTable.Row::name).containsExactly("g", "f");
    }

    @Test
    void givesNegativeSamplesRoomByTheirSize() throws IOException {
        CallTree tree = tree("a;b 5", "a;c -3", "d -1");
        assertThat(tree.total(0)).isEqualTo(1);
        assertThat(tree.weight(0)).isEqualTo(9);
        assertThat(tree.weight(node(tree, "a"))).isEqualTo(8);
        assertThat(tree.total(node(tree, "a"))).isEqualTo(2);
    }

    @Test
    void leavesOutStacksThatTheSampleTypeNeverMet() throws IOException {
        ProfileBuilder builder = new ProfileBuilder(SourceFormat.PPROF, Limits.DEFAULT, 0);
        SampleType first = new SampleType("first", "count");
        SampleType second = new SampleType("second", "count");
        int a = builder.push(0, site(builder, "a"), 1, 0);
        int b = builder.push(0, site(builder, "b"), 1, 0);
        builder.sample(a, first, 1, List.of(), 0);
        builder.sample(b, second, 2, List.of(), 0);
        Profile profile =
                builder.build(
                        new ProfileHeader(
                                SourceFormat.PPROF,
                                builder.types(),
                                0,
                                null,
                                Duration.ZERO,
                                List.of()));
        assertThat(CallTree.of(profile, 0).size()).isEqualTo(2);
        assertThat(CallTree.of(profile, 0).name(1)).isEqualTo("a");
        assertThat(CallTree.of(profile, 1).name(1)).isEqualTo("b");
        assertThat(CallTree.of(profile, 1).total(0)).isEqualTo(2);
    }

    @Test
    void writesWhatItReads() throws IOException {
        Profile profile = collapsed("a b;c 1", "a b;Map.get(Ljava/lang/Object;)V;d 2", "e 3");
        StringBuilder text = new StringBuilder();
        CollapsedWriter.write(CallTree.of(profile, 0), 0, text);
        assertThat(text).hasToString("a b;c 1\na b;Map.get(Ljava/lang/Object;)V;d 2\ne 3\n");
        CallTree tree = CallTree.of(profile, 0);
        StringBuilder part = new StringBuilder();
        CollapsedWriter.write(tree, node(tree, "a b", "c"), part);
        assertThat(part).hasToString("a b;c 1\n");
    }

    private static int site(ProfileBuilder builder, String name) {
        return builder.frames().site(builder.frames().function(name), 0, FrameKind.PLAIN);
    }
}
