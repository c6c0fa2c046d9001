package dev.weir.profile;

import static dev.weir.profile.Profiles.read;
import static dev.weir.profile.Profiles.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

class PprofReaderTest {

    @Test
    void readsPackedAndSingleNumbersAndSkipsUnknownFields() throws IOException {
        ProtoWriter profile = ProtoWriter.profile(2).sample(3, 2L, 1L);
        profile.message(
                2, new ProtoWriter().number(1, 2).number(1, 1).number(2, 4).text(99, "new"));
        profile.text(77, "unknown");
        assertThat(stacks(read(profile.toBytes()), 0)).isEqualTo(Map.of("f1;f2", 7L));
    }

    @Test
    void namesFramesWithoutSymbolsByTheirBinary() throws IOException {
        ProtoWriter profile = ProtoWriter.profile(0);
        profile.text(6, "/usr/lib/libc.so.6");
        profile.message(3, new ProtoWriter().number(1, 5).number(5, 3));
        profile.message(4, new ProtoWriter().number(1, 1).number(2, 5).number(3, 0x4711));
        profile.message(4, new ProtoWriter().number(1, 2).number(3, 0x4712));
        profile.sample(1, 2L, 1L);
        assertThat(stacks(read(profile.toBytes()), 0))
                .isEqualTo(Map.of("[libc.so.6];<unknown>", 1L));
    }

    @Test
    void dropsFramesAsTheProducerWishes() throws IOException {
        ProtoWriter profile = ProtoWriter.profile(4).sample(1, 4L, 3L, 2L, 1L).sample(2, 3L, 4L);
        profile.text(6, "f3|f9").number(7, 7);
        assertThat(stacks(read(profile.toBytes()), 0)).isEqualTo(Map.of("f1;f2", 1L, "f4", 2L));
    }

    @Test
    void refusesReferencesToNowhere() {
        assertRefused(ProtoWriter.profile(1).sample(1, 9L), "a sample of an unknown location (9)");
        assertRefused(
                ProtoWriter.profile(1).message(4, new ProtoWriter().number(1, 1)),
                "a location given twice (1)");
        assertRefused(
                ProtoWriter.profile(1)
                        .message(
                                4,
                                new ProtoWriter()
                                        .number(1, 7)
                                        .message(4, new ProtoWriter().number(1, 8))),
                "a location of an unknown function (8)");
        assertRefused(ProtoWriter.profile(1).number(14, 40), "string 40 of a table of 4");
        assertRefused(
                ProtoWriter.profile(1).message(2, new ProtoWriter().number(1, 1)),
                "a sample of 0 values where 1 types are named");
        assertRefused(new ProtoWriter().number(9, 1), "no sample types");
    }

    @Test
    void refusesAnythingCutOff() throws IOException {
        byte[] whole = ProtoWriter.profile(3).sample(1, 1L, 2L).sample(5, 3L).toBytes();
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                // Cut between two fields it is a shorter profile, which nothing can tell.
                assertThat(read(cut).sampleCount()).isLessThan(2);
            } catch (ProfileFormatException e) {
                assertThat(e).hasMessageStartingWith("pprof profile: ");
                assertThat(e.offset()).isBetween(0L, (long) length);
            }
        }
        byte[] zipped = gzip(whole);
        for (int length = 3; length < zipped.length; length++) {
            byte[] cut = Arrays.copyOf(zipped, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(ProfileFormatException.class)
                    .hasMessageContaining("the gzip stream");
        }
    }

    @Test
    void refusesABombBeforeItUnfolds() throws IOException {
        Limits limits = new Limits(1 << 20, 1 << 20, 10, 10, 10, 10);
        assertThatThrownBy(() -> read(gzip(new byte[64 << 20]), limits))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContaining("larger than 1048576 bytes after decompression");
    }

    @Test
    void pointsToTheWayOutOfTheOldFormats() {
        assertThatThrownBy(() -> read(new byte[64]))
                .hasMessageContaining("go tool pprof -proto FILE");
        assertThatThrownBy(() ->
                        read(
                                "heap profile:  1: 2 [ 3: 4 ] @"
                                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .hasMessageContaining("go tool pprof -proto FILE");
        assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("the input is empty");
    }

    private static void assertRefused(ProtoWriter profile, String problem) {
        assertThatThrownBy(() -> read(profile.toBytes()))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContaining(problem);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
