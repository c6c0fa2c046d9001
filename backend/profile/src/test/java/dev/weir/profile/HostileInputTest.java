package dev.weir.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jdk.jfr.Recording;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// Damaged and random inputs end in a profile or a named error, quickly.
class HostileInputTest {
    private static final int ROUNDS = 4_000;
    private static final long SEED = 20261123;
    private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 10_000, 500, 10_000, 50_000);

    @Test
    void survivesDamage() {
        List<byte[]> sources = sources();
        Random random = new Random(SEED);
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        byte[] source = sources.get(random.nextInt(sources.size()));
                        readOrRefuse(damaged(source, random), round);
                    }
                });
    }

    @Test
    void survivesNoise() {
        Random random = new Random(SEED);
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        byte[] noise = new byte[random.nextInt(400)];
                        random.nextBytes(noise);
                        if (round % 2 == 0 && noise.length > 0) {
                            noise[0] = 0x0a;
                        }
                        readOrRefuse(noise, round);
                    }
                });
    }

    @Test
    void survivesDamagedRecordings() throws IOException {
        byte[] source = recording();
        Random random = new Random(SEED);
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    for (int round = 0; round < ROUNDS / 100; round++) {
                        byte[] bytes = source.clone();
                        for (int hit = 0; hit < 4; hit++) {
                            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                        }
                        readOrRefuse(bytes, round);
                    }
                });
    }

    @Test
    void refusesASmallFileThatAsksForEndlessWork() {
        ProtoWriter location = new ProtoWriter().number(1, 7);
        for (int line = 0; line < 90_000; line++) {
            location.message(4, new ProtoWriter().number(1, 1 + line % 2));
        }
        ProtoWriter unfolding = ProtoWriter.profile(2).message(4, location);
        for (int sample = 0; sample < 100_000; sample++) {
            unfolding.sample(1, 7L);
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () ->
                        assertThatThrownBy(() -> Profiles.read(unfolding.toBytes()))
                                .isInstanceOf(ProfileFormatException.class)
                                .hasMessageContaining("unfold to too many frames"));
    }

    @Test
    void decodesALongNameOnceHoweverManyFunctionsHaveIt() {
        ProtoWriter repeating = ProtoWriter.profile(1).sample(1, 1L);
        repeating.text(6, "a.".repeat(500_000) + "B.c");
        for (int function = 2; function < 50_000; function++) {
            repeating.message(5, new ProtoWriter().number(1, function).number(2, 4));
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(Profiles.read(repeating.toBytes()).sampleCount()).isOne());
    }

    private static byte[] recording() throws IOException {
        Path file = Files.createTempFile("hostile", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ThreadPark").withoutThreshold();
            recording.start();
            for (int i = 0; i < 20; i++) {
                LockSupport.parkNanos(1_000_000);
            }
            recording.dump(file);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void readOrRefuse(byte[] input, int round) throws IOException {
        try {
            Profile profile = Profiles.read(input, LIMITS);
            CallTree tree = CallTree.of(profile, profile.header().defaultSampleType());
            assertThat(FlameLayout.of(tree, FlameOrder.WEIGHT).rows()).isPositive();
            assertThat(TopTable.of(tree)).isNotNull();
        } catch (ProfileFormatException e) {
            assertThat(e.getMessage()).as("round %d", round).contains("profile: ");
        }
    }

    private static List<byte[]> sources() {
        List<byte[]> sources = new ArrayList<>();
        sources.add(ProtoWriter.profile(9).sample(1, 1L, 2L).sample(5, 3L, 9L, 8L).toBytes());
        sources.add("main;read;parse 12\r\nmain;write(Lx;)V 3\n".getBytes(StandardCharsets.UTF_8));
        sources.add(
                """
                {"shared": {"frames": [{"name": "a"}, {"name": "b", "line": 4}]}, "profiles": [
                 {"unit": "seconds", "events": [{"type": "O", "frame": 0, "at": 0.5},
                 {"type": "C", "frame": 0, "at": 4e3}]},
                 {"unit": "bytes", "samples": [[0, 1], [1]], "weights": [7, 8.5]}]}
                """
                        .getBytes(StandardCharsets.UTF_8));
        return sources;
    }

    private static byte[] damaged(byte[] source, Random random) {
        byte[] bytes = source.clone();
        for (int hits = random.nextInt(4); hits >= 0; hits--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(bytes.length - Math.max(at, from), random.nextInt(30));
                    System.arraycopy(bytes, from, bytes, at, Math.max(0, length));
                }
            }
        }
        return bytes;
    }
}
