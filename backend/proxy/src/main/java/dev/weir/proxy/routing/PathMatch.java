package dev.weir.proxy.routing;

import com.google.re2j.Pattern;

import io.netty.util.AsciiString;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a route demands of the path, the query left aside.
public sealed interface PathMatch {

    /// Whether the path `[from, to)` matches.
    boolean matches(byte[] bytes, int from, int to);

    /// How much of a matching path `prefix_rewrite` replaces.
    int matchedLength();

    private static boolean startsWith(byte[] bytes, int from, int to, AsciiString prefix) {
        int length = prefix.length();
        return to - from >= length
                && Arrays.equals(bytes, from, from + length, prefix.array(), 0, length);
    }

    private static AsciiString bytes(String path) {
        return new AsciiString(path.getBytes(StandardCharsets.UTF_8), false);
    }

    /// Paths that begin with these bytes.
    record Prefix(AsciiString prefix) implements PathMatch {
        public Prefix(String prefix) {
            this(PathMatch.bytes(prefix));
        }

        @Override
        public boolean matches(byte[] bytes, int from, int to) {
            return startsWith(bytes, from, to, prefix);
        }

        @Override
        public int matchedLength() {
            return prefix.length();
        }
    }

    /// Paths that are this or continue it with `/`.
    record Segments(AsciiString prefix) implements PathMatch {
        public Segments(String prefix) {
            this(PathMatch.bytes(prefix));
        }

        @Override
        public boolean matches(byte[] bytes, int from, int to) {
            return startsWith(bytes, from, to, prefix)
                    && (to - from == prefix.length() || bytes[from + prefix.length()] == '/');
        }

        @Override
        public int matchedLength() {
            return prefix.length();
        }
    }

    /// This path alone.
    record Exact(AsciiString path) implements PathMatch {
        public Exact(String path) {
            this(PathMatch.bytes(path));
        }

        @Override
        public boolean matches(byte[] bytes, int from, int to) {
            return to - from == path.length() && startsWith(bytes, from, to, path);
        }

        @Override
        public int matchedLength() {
            return path.length();
        }
    }

    /// Paths that match the RE2 expression as a whole.
    record Regex(Pattern pattern) implements PathMatch {
        @Override
        public boolean matches(byte[] bytes, int from, int to) {
            return pattern.matches(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        }

        @Override
        public int matchedLength() {
            return 0;
        }
    }
}
