package dev.weir.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.GoTool;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Real profiles of a real Go program, counted as `go tool pprof` counts them.
class PprofGoldenTest {
    @TempDir static Path directory;
    private static GoTool go;

    @BeforeAll
    static void profileTheProgram() throws IOException, InterruptedException {
        go = GoTool.require(directory);
        Path binary = directory.resolve("profiled");
        go.build(Path.of("src/test/go/profiled"), binary);
        Process process =
                new ProcessBuilder(binary.toString(), directory.toString()).inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "heap", "allocs", "goroutine", "mutex", "block", "threadcreate"})
    void countsEveryFunctionAsPprofDoes(String kind) throws IOException, InterruptedException {
        Path file = directory.resolve(kind + ".pb.gz");
        Profile profile = ProfileReader.read(file, Limits.DEFAULT);
        assertThat(profile.sampleTypes()).isNotEmpty();
        for (int type = 0; type < profile.sampleTypes().size(); type++) {
            SampleType sampleType = profile.sampleTypes().get(type);
            Map<String, GoTool.Cost> counted = new HashMap<>();
            for (TopTable.Row row : TopTable.of(CallTree.of(profile, type)).rows()) {
                counted.put(row.name(), new GoTool.Cost(row.flat(), row.cum()));
            }
            assertThat(counted)
                    .as("%s %s", kind, sampleType)
                    .isEqualTo(go.top(file, sampleType.name(), sampleType.unit()));
        }
    }

    @Test
    void showsTheLastSampleTypeFirstUnlessTheProducerNamesAnother() throws IOException {
        assertThat(defaultType("cpu")).isEqualTo("cpu");
        assertThat(defaultType("heap")).isEqualTo("inuse_space");
        assertThat(defaultType("allocs")).isEqualTo("alloc_space");
    }

    @Test
    void keepsLabelsTimeAndDuration() throws IOException {
        Profile profile = read("cpu");
        List<Label> labels =
                IntStream.range(0, profile.sampleCount())
                        .boxed()
                        .flatMap(sample -> profile.labels(sample).stream())
                        .distinct()
                        .toList();
        assertThat(labels).containsExactly(new Label.Text("phase", "busy"));
        assertThat(profile.header().duration().toMillis()).isBetween(400L, 30_000L);
        assertThat(profile.header().start()).isNotNull();
    }

    @Test
    void unfoldsInlinedCallsBelowTheFunctionTheyAreInlinedInto() throws IOException {
        CallTree tree = CallTree.of(read("cpu"), 1);
        List<Integer> inlined =
                IntStream.range(1, tree.size())
                        .filter(node -> tree.name(node).equals("main.sumOfSquares"))
                        .boxed()
                        .toList();
        assertThat(inlined)
                .isNotEmpty()
                .allSatisfy(node -> {
                    assertThat(tree.name(tree.parent(node))).isEqualTo("main.busy");
                    assertThat(tree.frames().siteKind(tree.site(node)))
                            .isEqualTo(FrameKind.INLINED);
                    assertThat(tree.frames().file(tree.function(node))).endsWith("main.go");
                    assertThat(tree.frames().siteLine(tree.site(node))).isPositive();
                });
    }

    @Test
    void readsWithoutGzipTheSame() throws IOException {
        byte[] raw =
                BoundedInput.inflate(
                        Files.readAllBytes(directory.resolve("heap.pb.gz")), 1 << 30, null);
        Path file = Files.write(directory.resolve("heap.jfr"), raw);
        assertThat(ProfileReader.read(file, Limits.DEFAULT).total(3))
                .isEqualTo(read("heap").total(3))
                .isPositive();
    }

    private static String defaultType(String kind) throws IOException {
        Profile profile = read(kind);
        return profile.sampleTypes().get(profile.header().defaultSampleType()).name();
    }

    private static Profile read(String kind) throws IOException {
        return ProfileReader.read(directory.resolve(kind + ".pb.gz"), Limits.DEFAULT);
    }
}
