package dev.weir.profile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Profiles for the tests, and their trees as text.
final class Profiles {

    private Profiles() {}

    static Profile collapsed(String... lines) throws IOException {
        return read(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    static CallTree tree(String... lines) throws IOException {
        return CallTree.of(collapsed(lines), 0);
    }

    static Profile read(byte[] bytes) throws IOException {
        return read(bytes, Limits.DEFAULT);
    }

    static Profile read(byte[] bytes, Limits limits) throws IOException {
        return ProfileReader.read(new ByteArrayInputStream(bytes), limits);
    }

    /// Every stack with cost of its own, root first, by its own cost.
    static Map<String, Long> stacks(Profile profile, int sampleType) throws IOException {
        StringBuilder text = new StringBuilder();
        CollapsedWriter.write(CallTree.of(profile, sampleType), 0, text);
        Map<String, Long> stacks = new TreeMap<>();
        text.toString()
                .lines()
                .forEach(line -> {
                    int space = line.lastIndexOf(' ');
                    stacks.merge(
                            line.substring(0, space),
                            Long.parseLong(line, space + 1, line.length(), 10),
                            Long::sum);
                });
        return stacks;
    }

    /// The node that a path of names leads to.
    static int node(CallTree tree, String... path) {
        return Arrays.stream(path)
                .reduce(0, (node, name) -> child(tree, node, name), (_, last) -> last);
    }

    private static int child(CallTree tree, int node, String name) {
        return IntStream.iterate(tree.firstChild(node), n -> n >= 0, tree::nextSibling)
                .filter(n -> tree.name(n).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " below " + tree.name(node)));
    }
}
