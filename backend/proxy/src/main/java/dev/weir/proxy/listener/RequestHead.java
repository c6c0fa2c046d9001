package dev.weir.proxy.listener;

import dev.weir.proxy.http.HeadParser;
import dev.weir.proxy.http.HttpBytes;
import dev.weir.proxy.routing.RouteTable;

import io.netty.util.AsciiString;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// The head of a request, parsed in place and strictly: whatever two parsers could read in two ways
/// is refused.
///
/// One for each worker. Hot path: fields and long switches for speed.
final class RequestHead extends HeadParser {
    private static final byte[] HOST = ascii("host");
    private static final byte[] TE = ascii("te");
    private static final byte[] EXPECT = ascii("expect");
    private static final byte[] UPGRADE = ascii("upgrade");
    private static final byte[] TRAILER = ascii("trailer");
    private static final byte[] CONNECTION = ascii("connection");
    private static final byte[] KEEP_ALIVE = ascii("keep-alive");
    private static final byte[] X_REQUEST_ID = ascii("x-request-id");
    private static final byte[] CONTENT_LENGTH = ascii("content-length");
    private static final byte[] X_FORWARDED_FOR = ascii("x-forwarded-for");
    private static final byte[] PROXY_CONNECTION = ascii("proxy-connection");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
    private static final byte[] X_FORWARDED_PROTO = ascii("x-forwarded-proto");
    private static final byte[] CONTINUE = ascii("100-continue");
    private static final byte[] WEBSOCKET = ascii("websocket");
    private static final byte[] HTTP_SCHEME = ascii("http://");
    private static final byte[] HTTPS_SCHEME = ascii("https://");

    private static final byte[] VERSION_LINE = ascii(" HTTP/1.1\r\n");
    private static final byte[] HOST_FIELD = ascii("host: ");
    private static final byte[] FORWARDED_FOR_FIELD = ascii("x-forwarded-for: ");
    private static final byte[] FORWARDED_HTTP = ascii("x-forwarded-proto: http\r\n");
    private static final byte[] FORWARDED_HTTPS = ascii("x-forwarded-proto: https\r\n");
    private static final byte[] REQUEST_ID_FIELD = ascii("x-request-id: ");
    private static final byte[] UPGRADE_FIELDS =
            ascii("connection: upgrade\r\nupgrade: websocket\r\n");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[] CRLF = ascii("\r\n");
    private static final int MAX_EMPTY_LINES = 4;

    int methodStart;
    int methodEnd;
    int pathStart;
    int pathEnd;
    int targetEnd;
    int hostStart;
    int hostEnd;
    boolean expectContinue;
    boolean webSocket;
    private boolean stripPort;
    private boolean absoluteTarget;
    private boolean requestIdPresent;
    private int forwardedForEnd;
    private int hosts;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Whether to take the port off the Host, for routing and for the endpoint.
    void stripPort(boolean strip) {
        stripPort = strip;
    }

    boolean keepAlive() {
        return !connectionClose;
    }

    boolean isMethod(AsciiString method) {
        return methodEnd - methodStart == method.length()
                && HttpBytes.equalsExactly(bytes, methodStart, method.array());
    }

    /// Whether repeating the request does no harm (RFC 9110 §9.2.2).
    boolean isIdempotent() {
        return switch (bytes[methodStart]) {
            case 'G' -> isMethod(Methods.GET);
            case 'H' -> isMethod(Methods.HEAD);
            case 'O' -> isMethod(Methods.OPTIONS);
            case 'D' -> isMethod(Methods.DELETE);
            default -> false;
        };
    }

    /// The methods that the proxy treats specially.
    static final class Methods {
        static final AsciiString GET = AsciiString.cached("GET");
        static final AsciiString HEAD = AsciiString.cached("HEAD");
        static final AsciiString OPTIONS = AsciiString.cached("OPTIONS");
        static final AsciiString DELETE = AsciiString.cached("DELETE");
        static final AsciiString CONNECT = AsciiString.cached("CONNECT");

        private Methods() {}
    }

    /// Parses `[0, to)`.
    ///
    /// @return the head's length, [#INCOMPLETE], or the negated status that refuses it
    int parse(byte[] source, int to) {
        reset(source);
        expectContinue = false;
        webSocket = false;
        absoluteTarget = false;
        requestIdPresent = false;
        forwardedForEnd = -1;
        hosts = 0;
        hostStart = 0;
        hostEnd = 0;
        int position = 0;
        while (position + 1 < to && source[position] == '\r' && source[position + 1] == '\n') {
            position += 2;
            if (position > 2 * MAX_EMPTY_LINES) {
                return -400;
            }
        }
        int line = requestLine(source, position, to);
        if (line <= 0) {
            return line;
        }
        int length = parseFields(line, to);
        if (length <= 0) {
            return length;
        }
        if ((hosts != 1 && !(hosts == 0 && absoluteTarget))
                || hostStart == hostEnd
                || (chunked && contentLength >= 0)) {
            return -400;
        }
        return length;
    }

    private int requestLine(byte[] source, int from, int to) {
        int position = from;
        methodStart = position;
        while (position < to && HttpBytes.isToken(source[position])) {
            position++;
        }
        methodEnd = position;
        if (position == to) {
            return methodEnd - methodStart > 32 ? -400 : INCOMPLETE;
        }
        if (position == from && source[from] == '\r' && from + 1 == to) {
            return INCOMPLETE;
        }
        if (position == from) {
            return -400;
        }
        if (source[position] != ' ') {
            return -400;
        }
        pathStart = ++position;
        int query = -1;
        while (position < to && HttpBytes.isTarget(source[position])) {
            if (query < 0 && source[position] == '?') {
                query = position;
            }
            position++;
        }
        targetEnd = position;
        pathEnd = query < 0 ? position : query;
        if (position == to) {
            return INCOMPLETE;
        }
        if (source[position] != ' ' || position == pathStart) {
            return -400;
        }
        int version = version(source, position, to);
        return version <= 0 ? version : target(source, version);
    }

    private int version(byte[] source, int from, int to) {
        int available = Math.min(VERSION_LINE.length, to - from);
        if (HttpBytes.equalsExactly(source, from, VERSION_LINE, available)) {
            return available < VERSION_LINE.length ? INCOMPLETE : from + available;
        }
        boolean http = HttpBytes.equalsExactly(source, from, VERSION_LINE, Math.min(6, available));
        if (!http || available < VERSION_LINE.length) {
            return http && to - from < VERSION_LINE.length ? INCOMPLETE : -400;
        }
        byte major = source[from + 6];
        byte minor = source[from + 8];
        boolean wellFormed =
                source[from + 7] == '.'
                        && major >= '0'
                        && major <= '9'
                        && minor >= '0'
                        && minor <= '9'
                        && source[from + 9] == '\r'
                        && source[from + 10] == '\n';
        if (!wellFormed) {
            return -400;
        }
        // as Envoy: HTTP/1.0 is told to upgrade
        return major == '1' && minor == '0' ? -426 : -505;
    }

    /// Origin form, absolute form, or `*` for OPTIONS (RFC 9112 §3.2).
    private int target(byte[] source, int next) {
        if (source[pathStart] == '/') {
            return next;
        }
        if (isMethod(Methods.CONNECT)) {
            // authority form: routed like any path, and no route has one
            return next;
        }
        if (source[pathStart] == '*' && targetEnd == pathStart + 1 && isMethod(Methods.OPTIONS)) {
            return next;
        }
        int authority = pathStart + schemeLength(source);
        if (authority == pathStart) {
            return -400;
        }
        int slash = authority;
        while (slash < targetEnd && source[slash] != '/' && source[slash] != '?') {
            slash++;
        }
        // an empty path would have to be written as "/": rare enough to refuse
        boolean hasPath = slash < targetEnd && source[slash] == '/';
        return slash == authority || !hasPath ? -400 : absolute(authority, slash, next);
    }

    private int absolute(int authority, int end, int next) {
        for (int i = authority; i < end; i++) {
            if (!HttpBytes.isHost(bytes[i])) {
                return -400;
            }
        }
        absoluteTarget = true;
        hostStart = authority;
        hostEnd = stripPort ? RouteTable.withoutPort(bytes, authority, end) : end;
        pathStart = end;
        return next;
    }

    private int schemeLength(byte[] source) {
        int available = targetEnd - pathStart;
        if (available > HTTP_SCHEME.length
                && HttpBytes.equalsIgnoreCase(
                        source, pathStart, pathStart + HTTP_SCHEME.length, HTTP_SCHEME)) {
            return HTTP_SCHEME.length;
        }
        return available > HTTPS_SCHEME.length
                        && HttpBytes.equalsIgnoreCase(
                                source, pathStart, pathStart + HTTPS_SCHEME.length, HTTPS_SCHEME)
                ? HTTPS_SCHEME.length
                : 0;
    }

    @Override
    protected int field(int start, int nameEnd, int valueStart, int valueEnd, int end) {
        byte[] b = bytes;
        switch (nameEnd - start) {
            case 2 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, TE)) {
                    cut(start, end);
                }
            }
            case 4 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, HOST)) {
                    return host(start, valueStart, valueEnd, end);
                }
            }
            case 6 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, EXPECT)) {
                    if (!HttpBytes.equalsIgnoreCase(b, valueStart, valueEnd, CONTINUE)) {
                        return -417;
                    }
                    expectContinue = true;
                    cut(start, end);
                }
            }
            case 7 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, UPGRADE)) {
                    webSocket = HttpBytes.equalsIgnoreCase(b, valueStart, valueEnd, WEBSOCKET);
                    cut(start, end);
                } else if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, TRAILER)) {
                    cut(start, end);
                }
            }
            case 10 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, CONNECTION)) {
                    cut(start, end);
                    return connection(valueStart, valueEnd);
                }
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, KEEP_ALIVE)) {
                    cut(start, end);
                }
            }
            case 12 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, X_REQUEST_ID)) {
                    requestIdPresent = true;
                }
            }
            case 14 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, CONTENT_LENGTH)) {
                    return length(valueStart, valueEnd);
                }
            }
            case 15 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, X_FORWARDED_FOR)) {
                    forwardedForEnd = valueEnd;
                }
            }
            case 16 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, PROXY_CONNECTION)) {
                    cut(start, end);
                }
            }
            case 17 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, TRANSFER_ENCODING)) {
                    return transferCoding(valueStart, valueEnd);
                }
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, X_FORWARDED_PROTO)) {
                    cut(start, end);
                }
            }
            default -> {
                // forwarded as it came
            }
        }
        return 0;
    }

    private int host(int start, int valueStart, int valueEnd, int end) {
        if (++hosts > 1) {
            return -400;
        }
        for (int i = valueStart; i < valueEnd; i++) {
            if (!HttpBytes.isHost(bytes[i])) {
                return -400;
            }
        }
        if (absoluteTarget) {
            // the target's authority counts (RFC 9112 §3.2.2)
            cut(start, end);
        } else {
            hostStart = valueStart;
            hostEnd = valueEnd;
            if (stripPort) {
                hostEnd = RouteTable.withoutPort(bytes, valueStart, valueEnd);
                if (hostEnd < valueEnd) {
                    cut(hostEnd, valueEnd);
                }
            }
        }
        return 0;
    }

    @Override
    protected boolean mayBeCut(int start, int nameEnd) {
        return switch (nameEnd - start) {
            case 4 -> !HttpBytes.equalsIgnoreCase(bytes, start, nameEnd, HOST);
            case 12 -> !HttpBytes.equalsIgnoreCase(bytes, start, nameEnd, X_REQUEST_ID);
            case 14 -> !HttpBytes.equalsIgnoreCase(bytes, start, nameEnd, CONTENT_LENGTH);
            case 15 -> !HttpBytes.equalsIgnoreCase(bytes, start, nameEnd, X_FORWARDED_FOR);
            case 17 -> !HttpBytes.equalsIgnoreCase(bytes, start, nameEnd, TRANSFER_ENCODING);
            default -> true;
        };
    }

    /// Writes the head for the endpoint into `out`; returns its length.
    ///
    /// @param rewritten replaces `matched` bytes of the path, or null to keep it
    /// @param random makes the request id, or null for none
    int write(
            byte[] out,
            ClientAddress client,
            boolean upgrade,
            @Nullable AsciiString rewritten,
            int matched,
            @Nullable RandomGenerator random) {
        int at = copy(methodStart, methodEnd, out, 0);
        out[at++] = ' ';
        int rest = pathStart;
        if (rewritten != null) {
            at = append(rewritten.array(), rewritten.length(), out, at);
            rest += matched;
            if (at == methodEnd - methodStart + 1 && (rest == targetEnd || bytes[rest] != '/')) {
                out[at++] = '/';
            }
        }
        at = copy(rest, targetEnd, out, at);
        at = append(VERSION_LINE, out, at);
        if (absoluteTarget) {
            at = append(HOST_FIELD, out, at);
            at = copy(hostStart, hostEnd, out, at);
            at = append(CRLF, out, at);
        }
        at = fields(out, at, client);
        at = append(client.secure() ? FORWARDED_HTTPS : FORWARDED_HTTP, out, at);
        if (!requestIdPresent && random != null) {
            at = append(REQUEST_ID_FIELD, out, at);
            at = uuid(random, out, at);
            at = append(CRLF, out, at);
        }
        if (upgrade) {
            at = append(UPGRADE_FIELDS, out, at);
        }
        return append(CRLF, out, at);
    }

    private int fields(byte[] out, int from, ClientAddress client) {
        int at = from;
        int position = fieldsStart;
        boolean forwarded = forwardedForEnd < 0;
        for (int i = 0; i <= cuts; i++) {
            int until = i < cuts ? cutStart[i] : fieldsEnd;
            if (!forwarded && forwardedForEnd < until) {
                at = copy(position, forwardedForEnd, out, at);
                position = forwardedForEnd;
                out[at++] = ',';
                out[at++] = ' ';
                at = append(client.bytes(), out, at);
                forwarded = true;
            }
            at = copy(position, until, out, at);
            position = i < cuts ? cutEnd[i] : until;
        }
        if (forwardedForEnd < 0) {
            at = append(FORWARDED_FOR_FIELD, out, at);
            at = append(client.bytes(), out, at);
            at = append(CRLF, out, at);
        }
        return at;
    }

    /// A random UUID (RFC 9562 §5.4) without the objects.
    private static int uuid(RandomGenerator random, byte[] out, int from) {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        int at = from;
        for (int shift = 60; shift >= 0; shift -= 4) {
            out[at++] = HEX[(int) (high >>> shift) & 15];
            if (shift == 32 || shift == 16) {
                out[at++] = '-';
            }
        }
        out[at++] = '-';
        for (int shift = 60; shift >= 0; shift -= 4) {
            out[at++] = HEX[(int) (low >>> shift) & 15];
            if (shift == 48) {
                out[at++] = '-';
            }
        }
        return at;
    }

    private int copy(int from, int to, byte[] out, int at) {
        System.arraycopy(bytes, from, out, at, to - from);
        return at + to - from;
    }

    private static int append(byte[] text, byte[] out, int at) {
        return append(text, text.length, out, at);
    }

    private static int append(byte[] text, int length, byte[] out, int at) {
        System.arraycopy(text, 0, out, at, length);
        return at + length;
    }
}
