package dev.weir.proxy.http;

import java.util.Arrays;

/// Walks the field lines of a message head in place and remembers what a forwarder has to cut.
///
/// A parser belongs to one event loop and is used again for each message: nothing is allocated, and
/// what it says is valid until the next parse. Fields are read directly by the subclasses for
/// speed.
public abstract class HeadParser {
    /// More bytes are needed.
    public static final int INCOMPLETE = 0;

    /// Fields allowed in one head (Envoy's `max_headers_count` default).
    public static final int MAX_FIELDS = 100;

    private static final byte[] CLOSE = {'c', 'l', 'o', 's', 'e'};
    private static final byte[] KEEP_ALIVE = {'k', 'e', 'e', 'p', '-', 'a', 'l', 'i', 'v', 'e'};
    private static final byte[] UPGRADE = {'u', 'p', 'g', 'r', 'a', 'd', 'e'};
    private static final byte[] TE = {'t', 'e'};
    private static final byte[] CHUNKED = {'c', 'h', 'u', 'n', 'k', 'e', 'd'};
    private static final int MAX_NOMINATED = 32;

    protected byte[] bytes = new byte[0];
    protected int fieldsStart;
    protected int fieldsEnd;

    protected final int[] cutStart = new int[MAX_FIELDS + 4];
    protected final int[] cutEnd = new int[MAX_FIELDS + 4];
    protected int cuts;

    protected long contentLength;
    protected boolean chunked;
    protected boolean connectionClose;
    protected boolean connectionKeepAlive;
    protected boolean connectionUpgrade;

    private final int[] nominatedStart = new int[MAX_NOMINATED];
    private final int[] nominatedEnd = new int[MAX_NOMINATED];
    private int nominated;

    /// The bytes last parsed.
    public final byte[] bytes() {
        return bytes;
    }

    /// True when the Connection field asks for an upgrade.
    public final boolean connectionUpgrade() {
        return connectionUpgrade;
    }

    /// Bytes of the body that the head announces, -1 when it announces none.
    public final long contentLength() {
        return contentLength;
    }

    /// True when the body is in the chunked transfer coding.
    public final boolean chunked() {
        return chunked;
    }

    protected final void reset(byte[] source) {
        bytes = source;
        cuts = 0;
        nominated = 0;
        contentLength = -1;
        chunked = false;
        connectionClose = false;
        connectionKeepAlive = false;
        connectionUpgrade = false;
    }

    /// Looks at one field; returns 0, or the negated status that refuses the message.
    protected abstract int field(int start, int nameEnd, int valueStart, int valueEnd, int end);

    /// Parses field lines from `from` up to the empty line.
    ///
    /// @return the index after the empty line, [#INCOMPLETE], or the negated status that refuses
    ///   the message
    protected final int parseFields(int from, int to) {
        byte[] b = bytes;
        int position = from;
        int count = 0;
        fieldsStart = from;
        while (true) {
            if (position >= to) {
                return INCOMPLETE;
            }
            if (b[position] == '\r') {
                if (position + 1 >= to) {
                    return INCOMPLETE;
                }
                if (b[position + 1] != '\n') {
                    return -400;
                }
                fieldsEnd = position;
                if (nominated > 0) {
                    cutNominated();
                }
                return position + 2;
            }
            if (++count > MAX_FIELDS) {
                return -431;
            }
            int nameEnd = position;
            while (nameEnd < to && HttpBytes.isToken(b[nameEnd])) {
                nameEnd++;
            }
            if (nameEnd == to) {
                return INCOMPLETE;
            }
            // a folded line starts with a space, a space before the colon is no token: both end
            // here
            if (b[nameEnd] != ':' || nameEnd == position) {
                return -400;
            }
            int valueStart = nameEnd + 1;
            int lineEnd = HttpBytes.endOfValue(b, valueStart, to);
            if (lineEnd + 1 >= to) {
                return lineEnd == to || b[lineEnd] == '\r' ? INCOMPLETE : -400;
            }
            if (b[lineEnd] != '\r' || b[lineEnd + 1] != '\n') {
                return -400;
            }
            int valueEnd = lineEnd;
            while (valueStart < valueEnd && isSpace(b[valueStart])) {
                valueStart++;
            }
            while (valueEnd > valueStart && isSpace(b[valueEnd - 1])) {
                valueEnd--;
            }
            int refused = field(position, nameEnd, valueStart, valueEnd, lineEnd + 2);
            if (refused != 0) {
                return refused;
            }
            position = lineEnd + 2;
        }
    }

    protected static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    protected final void cut(int start, int end) {
        cutStart[cuts] = start;
        cutEnd[cuts++] = end;
    }

    /// Reads a Connection field: its options, and the fields that it nominates as hop-by-hop.
    protected final int connection(int from, int to) {
        int position = from;
        while (position < to) {
            int end = position;
            while (end < to && bytes[end] != ',') {
                end++;
            }
            int last = end;
            while (position < last && isSpace(bytes[position])) {
                position++;
            }
            while (last > position && isSpace(bytes[last - 1])) {
                last--;
            }
            int refused = connectionOption(position, last);
            if (refused != 0) {
                return refused;
            }
            position = end + 1;
        }
        return 0;
    }

    private int connectionOption(int from, int to) {
        if (from == to || HttpBytes.equalsIgnoreCase(bytes, from, to, TE)) {
            return 0;
        }
        if (HttpBytes.equalsIgnoreCase(bytes, from, to, CLOSE)) {
            connectionClose = true;
        } else if (HttpBytes.equalsIgnoreCase(bytes, from, to, KEEP_ALIVE)) {
            connectionKeepAlive = true;
        } else if (HttpBytes.equalsIgnoreCase(bytes, from, to, UPGRADE)) {
            connectionUpgrade = true;
        } else {
            if (nominated == MAX_NOMINATED) {
                return -400;
            }
            nominatedStart[nominated] = from;
            nominatedEnd[nominated++] = to;
        }
        return 0;
    }

    /// Cuts the nominated fields; rare, so a second walk. Fields that frame or address the message
    /// stay.
    private void cutNominated() {
        int position = fieldsStart;
        int kept = cuts;
        int[] starts = Arrays.copyOf(cutStart, kept);
        int[] ends = Arrays.copyOf(cutEnd, kept);
        cuts = 0;
        int next = 0;
        while (position < fieldsEnd) {
            int end = position;
            while (bytes[end] != '\n') {
                end++;
            }
            end++;
            int colon = position;
            while (bytes[colon] != ':') {
                colon++;
            }
            boolean already = false;
            while (next < kept && starts[next] < end) {
                cut(starts[next], ends[next]);
                already = true;
                next++;
            }
            if (!already && isNominated(position, colon) && mayBeCut(position, colon)) {
                cut(position, end);
            }
            position = end;
        }
    }

    private boolean isNominated(int from, int to) {
        for (int i = 0; i < nominated; i++) {
            int length = nominatedEnd[i] - nominatedStart[i];
            if (length != to - from) {
                continue;
            }
            int at = 0;
            while (at < length
                    && HttpBytes.lower(bytes[from + at])
                            == HttpBytes.lower(bytes[nominatedStart[i] + at])) {
                at++;
            }
            if (at == length) {
                return true;
            }
        }
        return false;
    }

    /// Whether a Connection field may take this field away; framing and identity are not its to
    /// remove.
    protected abstract boolean mayBeCut(int nameStart, int nameEnd);

    /// Reads a Content-Length; one value of digits only (RFC 9112 §6.3).
    protected final int length(int from, int to) {
        if (contentLength >= 0 || from == to || to - from > 18) {
            return -400;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -400;
            }
            value = value * 10 + digit;
        }
        contentLength = value;
        return 0;
    }

    /// Reads a Transfer-Encoding; chunked is the only coding known, and once.
    protected final int transferCoding(int from, int to) {
        if (chunked) {
            return -400;
        }
        if (!HttpBytes.equalsIgnoreCase(bytes, from, to, CHUNKED)) {
            return -501;
        }
        chunked = true;
        return 0;
    }
}
