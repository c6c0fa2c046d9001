package dev.weir.proxy.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Classifies and compares the bytes of an HTTP/1.1 head (RFC 9110 §5.6.2, RFC 9112 §3, §5).
public final class HttpBytes {
    private static final byte TOKEN = 1;
    private static final byte TARGET = 2;
    private static final byte VALUE = 4;
    private static final byte HOST = 8;
    private static final byte[] CLASS = classes();
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private HttpBytes() {}

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = 0; c < 256; c++) {
            boolean letterOrDigit =
                    (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (letterOrDigit || (c != 0 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0)) {
                classes[c] |= TOKEN;
            }
            if (c > 0x20 && c < 0x7f && c != '#') {
                classes[c] |= TARGET;
            }
            if ((c >= 0x20 && c != 0x7f) || c == '\t') {
                classes[c] |= VALUE;
            }
            if (letterOrDigit || (c != 0 && "-._~!$&'()*+,;=:[]%".indexOf(c) >= 0)) {
                classes[c] |= HOST;
            }
        }
        return classes;
    }

    /// True for the bytes of a method or a field name.
    public static boolean isToken(byte b) {
        return (CLASS[b & 0xff] & TOKEN) != 0;
    }

    /// True for the visible ASCII that may stand in a request target; '#' may not.
    public static boolean isTarget(byte b) {
        return (CLASS[b & 0xff] & TARGET) != 0;
    }

    /// True for the bytes of a `host[:port]` authority without user information.
    public static boolean isHost(byte b) {
        return (CLASS[b & 0xff] & HOST) != 0;
    }

    static boolean isValue(byte b) {
        return (CLASS[b & 0xff] & VALUE) != 0;
    }

    /// First index at or after `from` whose byte may not stand in a field value, or `to`.
    static int endOfValue(byte[] bytes, int from, int to) {
        int i = from;
        while (i + Long.BYTES <= to) {
            long word = (long) LONGS.get(bytes, i);
            long delete = word ^ (0x7f * ONES);
            // eight bytes at once: any below 0x20, or equal to 0x7f, raises its high bit
            long suspicious =
                    (((word - 0x20 * ONES) & ~word) | ((delete - ONES) & ~delete)) & HIGHS;
            if (suspicious == 0) {
                i += Long.BYTES;
                continue;
            }
            i += Long.numberOfTrailingZeros(suspicious) >>> 3;
            if (!isValue(bytes[i])) {
                return i;
            }
            i++;
        }
        while (i < to && isValue(bytes[i])) {
            i++;
        }
        return i;
    }

    /// Compares without regard to ASCII case; `lower` must be in lower case.
    public static boolean equalsIgnoreCase(byte[] bytes, int from, int to, byte[] lower) {
        if (to - from != lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (lower(bytes[from + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    /// Compares byte by byte with all of `expected`.
    public static boolean equalsExactly(byte[] bytes, int from, byte[] expected) {
        return equalsExactly(bytes, from, expected, expected.length);
    }

    /// Compares byte by byte with the first `length` bytes of `expected`.
    public static boolean equalsExactly(byte[] bytes, int from, byte[] expected, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /// Lower case of an ASCII letter, everything else as it is.
    public static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }
}
