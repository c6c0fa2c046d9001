package dev.weir.proxy.upstream;

import dev.weir.proxy.http.HeadParser;
import dev.weir.proxy.http.HttpBytes;

import java.nio.charset.StandardCharsets;

/// The head of a response, parsed in place; one for each worker.
final class ResponseHead extends HeadParser {
    private static final byte[] CONTENT_LENGTH = ascii("content-length");
    private static final byte[] CONNECTION = ascii("connection");
    private static final byte[] KEEP_ALIVE = ascii("keep-alive");
    private static final byte[] TIMEOUT = ascii("timeout=");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
    private static final byte[] PROXY_CONNECTION = ascii("proxy-connection");
    private static final byte[] UPGRADE = ascii("upgrade");
    private static final byte[] TRAILER = ascii("trailer");
    private static final byte[] HTTP_1_1 = ascii("HTTP/1.1");
    private static final byte[] CLOSE_FIELD = ascii("connection: close\r\n");
    private static final byte[] UPGRADE_FIELD = ascii("connection: upgrade\r\n");
    private static final int VERSION_LENGTH = 8;
    private static final int MAX_IDLE_SECONDS = 1_000_000;
    private static final int STATUS_LINE_START = "HTTP/1.1 200".length();

    private int status;
    private boolean http10;
    private int reasonEnd;
    private int idleSeconds;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    int status() {
        return status;
    }

    /// Whether the connection may carry another request.
    boolean keepAlive() {
        return !connectionClose && (!http10 || connectionKeepAlive);
    }

    /// Seconds after which the endpoint says that it closes an idle connection; -1 when it does not
    /// say (RFC 2068 §19.7.1.1, sent by Apache and Node.js).
    int idleSeconds() {
        return idleSeconds;
    }

    /// Parses `[0, to)`: the head's length, [#INCOMPLETE] or a negative number for a malformed
    /// head.
    int parse(byte[] source, int to) {
        reset(source);
        http10 = false;
        idleSeconds = -1;
        if (to < STATUS_LINE_START + 1) {
            return startsLikeHttp(source, to) ? INCOMPLETE : -502;
        }
        if (!startsLikeHttp(source, VERSION_LENGTH - 1)
                || source[VERSION_LENGTH] != ' '
                || !readStatus(source)) {
            return -502;
        }
        http10 = source[VERSION_LENGTH - 1] == '0';
        int end = STATUS_LINE_START;
        while (end < to && source[end] != '\r') {
            if (source[end] == '\n' || source[end] == 0) {
                return -502;
            }
            end++;
        }
        if (end + 1 >= to) {
            return INCOMPLETE;
        }
        if (source[end + 1] != '\n') {
            return -502;
        }
        reasonEnd = end + 2;
        int length = parseFields(reasonEnd, to);
        if (length > 0 && chunked && (contentLength >= 0 || http10)) {
            return -502;
        }
        return length;
    }

    private boolean readStatus(byte[] source) {
        int code = 0;
        for (int i = VERSION_LENGTH + 1; i < STATUS_LINE_START; i++) {
            int digit = source[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            code = code * 10 + digit;
        }
        status = code;
        byte next = source[STATUS_LINE_START];
        return code >= 100 && code <= 999 && (next == ' ' || next == '\r');
    }

    private static boolean startsLikeHttp(byte[] source, int length) {
        for (int i = 0; i < Math.min(length, VERSION_LENGTH); i++) {
            boolean same =
                    i == VERSION_LENGTH - 1
                            ? source[i] == '1' || source[i] == '0'
                            : source[i] == HTTP_1_1[i];
            if (!same) {
                return false;
            }
        }
        return true;
    }

    @Override
    protected int field(int start, int nameEnd, int valueStart, int valueEnd, int end) {
        byte[] b = bytes;
        switch (nameEnd - start) {
            case 7 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, UPGRADE)) {
                    if (status != 101) {
                        cut(start, end);
                    }
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
                    readIdleSeconds(valueStart, valueEnd);
                }
            }
            case 14 -> {
                if (HttpBytes.equalsIgnoreCase(b, start, nameEnd, CONTENT_LENGTH)) {
                    return length(valueStart, valueEnd);
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
            }
            default -> {
                // forwarded as it came
            }
        }
        return 0;
    }

    /// Reads `timeout=5, max=100`; what is not understood is a hint less.
    private void readIdleSeconds(int from, int to) {
        int digits = from + TIMEOUT.length;
        if (digits >= to || !HttpBytes.equalsIgnoreCase(bytes, from, digits, TIMEOUT)) {
            return;
        }
        int seconds = 0;
        int at = digits;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && seconds < MAX_IDLE_SECONDS) {
            seconds = seconds * 10 + bytes[at++] - '0';
        }
        if (at > digits) {
            idleSeconds = seconds;
        }
    }

    @Override
    protected boolean mayBeCut(int nameStart, int nameEnd) {
        return !HttpBytes.equalsIgnoreCase(bytes, nameStart, nameEnd, CONTENT_LENGTH)
                && !HttpBytes.equalsIgnoreCase(bytes, nameStart, nameEnd, TRANSFER_ENCODING);
    }

    /// Writes the head for the client into `out`; returns its length.
    int write(byte[] out, boolean close) {
        System.arraycopy(HTTP_1_1, 0, out, 0, VERSION_LENGTH);
        int at = copy(VERSION_LENGTH, reasonEnd, out, VERSION_LENGTH);
        int position = fieldsStart;
        for (int i = 0; i < cuts; i++) {
            at = copy(position, cutStart[i], out, at);
            position = cutEnd[i];
        }
        at = copy(position, fieldsEnd, out, at);
        if (status == 101) {
            at = append(UPGRADE_FIELD, out, at);
        } else if (close) {
            at = append(CLOSE_FIELD, out, at);
        }
        out[at] = '\r';
        out[at + 1] = '\n';
        return at + 2;
    }

    private int copy(int from, int to, byte[] out, int at) {
        System.arraycopy(bytes, from, out, at, to - from);
        return at + to - from;
    }

    private static int append(byte[] text, byte[] out, int at) {
        System.arraycopy(text, 0, out, at, text.length);
        return at + text.length;
    }
}
