package dev.weir.profile;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads a whole input into memory, up to a bound.
final class BoundedInput {
    private static final int FIRST_CHUNK = 1 << 16;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private BoundedInput() {}

    /// @param what the bound's name in the error
    static byte[] readAll(InputStream in, long limit, String what) throws IOException {
        byte[] buffer = new byte[FIRST_CHUNK];
        int size = 0;
        while (true) {
            int read = in.read(buffer, size, buffer.length - size);
            if (read < 0) {
                return Arrays.copyOf(buffer, size);
            }
            size += read;
            if (size > limit || size == MAX_ARRAY) {
                throw tooLarge(size, limit, what);
            }
            if (size == buffer.length) {
                buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_ARRAY, 2L * size));
            }
        }
    }

    static ProfileFormatException tooLarge(long offset, long limit, String what) {
        return new ProfileFormatException(
                null, offset, "larger than " + limit + " bytes " + what + "; raise the limit");
    }

    static boolean isGzip(byte[] head) {
        return head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    }

    /// @param format what to name in errors; null while it is not known
    static byte[] inflate(byte[] compressed, long limit, @Nullable SourceFormat format)
            throws IOException {
        ByteArrayInputStream source = new ByteArrayInputStream(compressed);
        try (InputStream in = new GZIPInputStream(source, FIRST_CHUNK)) {
            return readAll(in, limit, "after decompression");
        } catch (EOFException e) {
            throw damaged(format, compressed.length, "the gzip stream ends too early", e);
        } catch (ZipException e) {
            long offset = compressed.length - (long) source.available();
            throw damaged(format, offset, "the gzip stream is damaged (" + e.getMessage() + ")", e);
        }
    }

    private static ProfileFormatException damaged(
            @Nullable SourceFormat format, long offset, String problem, IOException cause) {
        ProfileFormatException damaged = new ProfileFormatException(format, offset, problem);
        damaged.initCause(cause);
        return damaged;
    }
}
