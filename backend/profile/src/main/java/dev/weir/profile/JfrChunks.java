package dev.weir.profile;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// Checks the chunk headers of a recording before the JDK's parser, which trusts them, sees it.
///
/// A header is 68 bytes, big endian: magic, major and minor version, chunk size, offset of the
/// constant pool, offset of the metadata, times, flags.
final class JfrChunks {
    private static final int MAGIC = 0x464c5200;
    private static final int HEADER_SIZE = 68;
    private static final int OLDEST_MAJOR = 2;

    private JfrChunks() {}

    static void check(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long chunk = 0;
            while (chunk < in.length()) {
                chunk += checkChunk(in, chunk);
            }
        } catch (EOFException e) {
            throw new ProfileFormatException(
                    SourceFormat.JFR, file.toFile().length(), "the file is cut off", e);
        }
    }

    private static long checkChunk(RandomAccessFile in, long chunk) throws IOException {
        in.seek(chunk);
        if (in.readInt() != MAGIC) {
            throw error(chunk, "no chunk begins here");
        }
        int major = in.readUnsignedShort();
        int minor = in.readUnsignedShort();
        if (major < OLDEST_MAJOR) {
            throw error(
                    chunk,
                    "version "
                            + major
                            + "."
                            + minor
                            + " of the format, but only 2.0 and later can be read; record it with"
                            + " JDK 11 or later, or 8u262");
        }
        long size = in.readLong();
        if (size < HEADER_SIZE || size > in.length() - chunk) {
            throw error(
                    chunk + 8,
                    "a chunk of "
                            + size
                            + " bytes where "
                            + (in.length() - chunk)
                            + " are left; the file is cut off or its recording was not closed");
        }
        requireInside(chunk + 16, "constant pool", in.readLong(), size);
        requireInside(chunk + 24, "metadata", in.readLong(), size);
        return size;
    }

    private static void requireInside(long at, String what, long offset, long size)
            throws ProfileFormatException {
        if (offset < HEADER_SIZE || offset >= size) {
            throw error(at, "a " + what + " outside of its chunk (" + offset + ")");
        }
    }

    private static ProfileFormatException error(long offset, String problem) {
        return new ProfileFormatException(SourceFormat.JFR, offset, problem);
    }
}
