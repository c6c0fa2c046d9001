package dev.weir.profile;

import static dev.weir.profile.Profiles.node;
import static dev.weir.profile.Profiles.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class FrameSearchTest {

    @Test
    void countsOnlyTheOutermostMatch() throws Exception {
        CallTree tree = tree("main;json.read;json.parse 3", "main;json.parse 1", "main;io 6");
        FrameSearch search = FrameSearch.of(tree, new SearchPattern("json", false));
        assertThat(search.count()).isEqualTo(3);
        assertThat(search.matchedWithin(0)).isEqualTo(4);
        assertThat(search.shareWithin(0)).isEqualTo(0.4);
        int read = node(tree, "main", "json.read");
        assertThat(search.matches(read)).isTrue();
        assertThat(search.matches(0)).isFalse();
        assertThat(search.matchedWithin(node(tree, "main", "json.read", "json.parse")))
                .isEqualTo(3);
        assertThat(search.matchedWithin(node(tree, "main", "io"))).isZero();
    }

    @Test
    void heedsCaseOnlyWhenThePatternHasUpperCase() throws Exception {
        CallTree tree = tree("Read 1", "read 2", "rEad 4");
        assertThat(matched(tree, "read", false)).isEqualTo(7);
        assertThat(matched(tree, "Read", false)).isEqualTo(1);
        assertThat(matched(tree, "^read$", true)).isEqualTo(7);
        assertThat(matched(tree, "^\\Wread|^Re", true)).isEqualTo(1);
        assertThat(matched(tree, "\\Sead", true)).isEqualTo(7);
        assertThat(matched(tree, "", true)).isZero();
    }

    @Test
    void saysWhereAnExpressionIsWrong() throws IOException {
        CallTree tree = tree("a 1");
        assertThatThrownBy(() -> matched(tree, "a(b", true))
                .isInstanceOf(InvalidPatternException.class)
                .hasMessage("search pattern a(b: Unclosed group (at character 4)");
    }

    @Test
    void endsExpressionsThatBacktrackWithoutEndOrNestTooDeeply() throws IOException {
        CallTree tree = tree("a".repeat(60) + "! 1");
        assertThatThrownBy(() -> matched(tree, "^(.*)(.*)(.*)(.*)(.*)(.*)b$", true))
                .isInstanceOf(InvalidPatternException.class)
                .hasMessageContaining("takes too long");
        CallTree deep = tree("ab".repeat(100_000) + " 1");
        assertThatThrownBy(() -> matched(deep, "^(a|b)*$", true))
                .isInstanceOf(InvalidPatternException.class);
    }

    private static long matched(CallTree tree, String pattern, boolean regex)
            throws InvalidPatternException {
        return FrameSearch.of(tree, new SearchPattern(pattern, regex)).matchedWithin(0);
    }
}
