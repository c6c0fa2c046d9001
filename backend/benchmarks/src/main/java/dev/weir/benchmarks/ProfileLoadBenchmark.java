package dev.weir.benchmarks;

import dev.weir.profile.CallTree;
import dev.weir.profile.FlameLayout;
import dev.weir.profile.FlameOrder;
import dev.weir.profile.Limits;
import dev.weir.profile.Profile;
import dev.weir.profile.ProfileReader;
import dev.weir.profile.TopTable;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// How long a profile takes from bytes to a flame graph that can be drawn.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class ProfileLoadBenchmark {
    /// `wide` and `deep` are generated with a million nodes; anything else is the path of a file.
    @Param({"wide", "deep"})
    String source = "wide";

    private byte[] bytes = {};
    private @Nullable Profile profile;
    private CallTree tree = CallTree.empty();

    @Setup
    public void read() throws IOException {
        bytes =
                switch (source) {
                    case "wide" -> GeneratedProfile.WIDE.toBytes();
                    case "deep" -> GeneratedProfile.DEEP.toBytes();
                    default -> Files.readAllBytes(Path.of(source));
                };
        Profile parsed = parse();
        profile = parsed;
        tree = CallTree.of(parsed, 0);
        System.out.printf(
                "%s: %,d bytes, %,d samples, %,d nodes, %,d deep%n",
                source, bytes.length, parsed.sampleCount(), tree.size(), tree.maxDepth());
    }

    @Benchmark
    public Profile parse() throws IOException {
        return ProfileReader.read(new ByteArrayInputStream(bytes), Limits.DEFAULT);
    }

    @Benchmark
    public CallTree callTree() {
        return CallTree.of(Objects.requireNonNull(profile), 0);
    }

    @Benchmark
    public FlameLayout layout() {
        return FlameLayout.of(tree, FlameOrder.WEIGHT);
    }

    @Benchmark
    public TopTable topTable() {
        return TopTable.of(tree);
    }

    @Benchmark
    public FlameLayout fromBytesToLayout() throws IOException {
        Profile parsed = parse();
        int type = parsed.header().defaultSampleType();
        return FlameLayout.of(CallTree.of(parsed, type), FlameOrder.WEIGHT);
    }
}
