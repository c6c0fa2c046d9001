package dev.weir.agent.operation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// The smallest bytes that are a pprof profile.
final class Profiles {
    /// One sample type (field 1, length-delimited: type 1, unit 2) and one string table entry.
    private static final byte[] PROFILE = {0x0a, 0x04, 0x08, 0x01, 0x10, 0x02, 0x32, 0x00};

    private Profiles() {}

    static byte[] raw() {
        return PROFILE.clone();
    }

    static byte[] packed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(PROFILE);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
