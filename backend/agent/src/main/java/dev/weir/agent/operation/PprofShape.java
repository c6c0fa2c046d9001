package dev.weir.agent.operation;

import dev.weir.model.FailureReason;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// How a pprof profile is packed, found by walking its outermost fields; not what it says.
///
/// Source: profile.proto of google/pprof, message Profile: fields 1 to 15, numbers or
/// length-delimited.
///
/// @param extension of a file that holds it
record PprofShape(String extension) {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int LAST_FIELD = 15;
    private static final int SAMPLE_TYPE = 1;

    /// A gzip bomb is not worth walking to its end; what lies beyond is the reader's to judge.
    private static final long WALKED_BYTES = 256L << 20;

    /// @throws OperationFailedException NOT_A_PROFILE
    static PprofShape of(ArtifactDraft draft, String source)
            throws IOException, OperationFailedException {
        boolean packed;
        try (InputStream raw = new BufferedInputStream(draft.read())) {
            raw.mark(2);
            packed = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
            raw.reset();
            walk(packed ? new BufferedInputStream(new GZIPInputStream(raw)) : raw);
        } catch (ZipException | EOFException | MalformedException broken) {
            throw new OperationFailedException(
                    FailureReason.NOT_A_PROFILE,
                    ("Go program %s: what it sent is no pprof profile (%s; begins with %s); check that"
                                    + " the address leads to net/http/pprof")
                            .formatted(source, broken.getMessage(), beginning(draft)));
        }
        return new PprofShape(packed ? "pb.gz" : "pb");
    }

    private static final class MalformedException extends Exception {
        MalformedException(String message) {
            super(message);
        }
    }

    private static void walk(InputStream bytes) throws IOException, MalformedException {
        boolean hasType = false;
        long walked = 0;
        for (int first = bytes.read(); first >= 0; first = bytes.read()) {
            long tag = varint(bytes, first);
            long field = tag >>> 3;
            if (field < 1 || field > LAST_FIELD) {
                throw new MalformedException("field " + field + " is unknown");
            }
            hasType |= field == SAMPLE_TYPE;
            switch ((int) (tag & 7)) {
                case 0 -> varint(bytes, bytes.read());
                case 2 -> {
                    long length = varint(bytes, bytes.read());
                    if (length < 0) {
                        throw new MalformedException("field " + field + " has no length");
                    }
                    bytes.skipNBytes(length);
                    walked += length;
                }
                default -> throw new MalformedException("field " + field + " has a wrong type");
            }
            if (walked > WALKED_BYTES) {
                break;
            }
        }
        if (!hasType) {
            throw new MalformedException("no sample type");
        }
    }

    private static long varint(InputStream bytes, int first)
            throws IOException, MalformedException {
        long value = 0;
        int next = first;
        for (int shift = 0; shift < 64; shift += 7) {
            if (next < 0) {
                throw new EOFException("it is cut off");
            }
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
            next = bytes.read();
        }
        throw new MalformedException("a number is too long");
    }

    private static String beginning(ArtifactDraft draft) throws IOException {
        try (InputStream bytes = draft.read()) {
            return "\""
                    + ServerText.plain(
                            new String(
                                    bytes.readNBytes(40),
                                    java.nio.charset.StandardCharsets.ISO_8859_1))
                    + "\"";
        }
    }
}
