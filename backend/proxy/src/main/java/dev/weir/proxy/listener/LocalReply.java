package dev.weir.proxy.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;

import java.nio.charset.StandardCharsets;

/// Responses that the proxy gives itself, with Envoy's texts.
final class LocalReply {
    static final AsciiString NO_HEALTHY_UPSTREAM = AsciiString.cached("no healthy upstream");
    static final AsciiString CONNECT_FAILED =
            AsciiString.cached(
                    "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure");
    static final AsciiString CONNECT_TIMEOUT =
            AsciiString.cached(
                    "upstream connect error or disconnect/reset before headers. reset reason: connection timeout");
    static final AsciiString OVERFLOW =
            AsciiString.cached(
                    "upstream connect error or disconnect/reset before headers. reset reason: overflow");
    static final AsciiString RESET =
            AsciiString.cached(
                    "upstream connect error or disconnect/reset before headers. reset reason: connection termination");
    static final AsciiString PROTOCOL_ERROR =
            AsciiString.cached(
                    "upstream connect error or disconnect/reset before headers. reset reason: protocol error");

    static final ByteBuf CRLF =
            Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(2).writeByte('\r').writeByte('\n').asReadOnly());

    private LocalReply() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// The text that goes with a status, empty where the status says all.
    static AsciiString body(int code) {
        return switch (code) {
            case 400 -> AsciiString.cached("Bad Request");
            case 408 -> AsciiString.cached("request timeout");
            case 431 -> AsciiString.cached("request headers too large");
            case 504 -> AsciiString.cached("upstream request timeout");
            default -> AsciiString.EMPTY_STRING;
        };
    }

    /// The whole response in one buffer.
    ///
    /// @param location empty for none
    /// @param isHead whether to leave the body out
    static ByteBuf write(
            ByteBufAllocator allocator,
            int code,
            String location,
            AsciiString text,
            boolean isHead,
            boolean close) {
        StringBuilder head = new StringBuilder(160);
        head.append("HTTP/1.1 ").append(code).append(' ').append(reason(code)).append("\r\n");
        if (!location.isEmpty()) {
            head.append("location: ").append(location).append("\r\n");
        }
        if (code >= 200 && code != 204 && code != 304) {
            head.append("content-length: ").append(text.length()).append("\r\n");
            if (!text.isEmpty()) {
                head.append("content-type: text/plain\r\n");
            }
        }
        if (close) {
            head.append("connection: close\r\n");
        }
        head.append("\r\n");
        ByteBuf out = allocator.directBuffer(head.length() + text.length());
        out.writeCharSequence(head, StandardCharsets.ISO_8859_1);
        if (!isHead && code != 204 && code != 304) {
            out.writeBytes(text.array(), text.arrayOffset(), text.length());
        }
        return out;
    }

    private static String reason(int code) {
        return switch (code) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 204 -> "No Content";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 303 -> "See Other";
            case 304 -> "Not Modified";
            case 307 -> "Temporary Redirect";
            case 308 -> "Permanent Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 408 -> "Request Timeout";
            case 417 -> "Expectation Failed";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            default -> "Unknown";
        };
    }
}
