package dev.weir.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads a profile of any [SourceFormat], telling the format by its content and never by a file's
/// name.
///
/// Any input whatever ends in a profile or a [ProfileFormatException]. Blocking; interrupting the
/// thread cancels with [java.io.InterruptedIOException].
public final class ProfileReader {
    private static final byte[] JFR_MAGIC = {'F', 'L', 'R', 0};
    private static final int HEAD = 4096;

    private ProfileReader() {}

    /// Reads a file.
    public static Profile read(Path file, Limits limits) throws IOException {
        long size = Files.size(file);
        if (size > limits.maxBytes()) {
            throw BoundedInput.tooLarge(size, limits.maxBytes(), "as it comes");
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Arrays.equals(in.readNBytes(JFR_MAGIC.length), JFR_MAGIC)) {
                return JfrReader.read(file, limits);
            }
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, limits);
        }
    }

    /// Reads a stream to its end; it is not closed. A JFR recording passes through a temporary
    /// file.
    public static Profile read(InputStream in, Limits limits) throws IOException {
        byte[] bytes = BoundedInput.readAll(in, limits.maxBytes(), "as it comes");
        if (BoundedInput.isGzip(bytes)) {
            bytes = BoundedInput.inflate(bytes, limits.maxInflatedBytes(), null);
        }
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, HEAD));
        return switch (sniff(head)) {
            case PPROF -> PprofReader.read(bytes, limits);
            case JFR -> readRecording(bytes, limits);
            case COLLAPSED -> CollapsedReader.read(bytes, limits);
            case SPEEDSCOPE -> SpeedscopeReader.read(bytes, limits);
        };
    }

    private static Profile readRecording(byte[] bytes, Limits limits) throws IOException {
        Path spool = Files.createTempFile("weir-profile", ".jfr");
        try {
            Files.write(spool, bytes);
            return JfrReader.read(spool, limits);
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    private static SourceFormat sniff(byte[] head) throws ProfileFormatException {
        if (head.length == 0) {
            throw new ProfileFormatException(null, 0, "the input is empty");
        }
        if (startsWith(head, JFR_MAGIC)) {
            return SourceFormat.JFR;
        }
        if (!TextEncoding.isUtf16(head) && !looksLikeText(head)) {
            if (head.length >= 8 && Arrays.equals(head, 0, 8, new byte[8], 0, 8)) {
                throw legacy("a binary CPU profile");
            }
            if (!PprofReader.mayStartWith(head[0])) {
                throw new ProfileFormatException(
                        null, 0, "neither pprof, JFR, collapsed stacks nor speedscope JSON");
            }
            return SourceFormat.PPROF;
        }
        TextEncoding encoding = TextEncoding.of(head);
        int mark = encoding.markLength();
        String text = new String(head, mark, head.length - mark, encoding.charset()).strip();
        if (text.startsWith("heap profile:") || text.startsWith("--- ")) {
            throw legacy("\"" + text.lines().findFirst().orElse("") + "\"");
        }
        return text.startsWith("{") ? SourceFormat.SPEEDSCOPE : SourceFormat.COLLAPSED;
    }

    private static ProfileFormatException legacy(String what) {
        return new ProfileFormatException(
                null,
                0,
                "the old gperftools format ("
                        + what
                        + "); convert it with: go tool pprof -proto FILE");
    }

    private static boolean startsWith(byte[] head, byte[] prefix) {
        return head.length >= prefix.length
                && Arrays.equals(head, 0, prefix.length, prefix, 0, prefix.length);
    }

    /// Protobuf cannot do without control characters for long, and text holds none but white space.
    private static boolean looksLikeText(byte[] head) {
        for (byte b : head) {
            if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
