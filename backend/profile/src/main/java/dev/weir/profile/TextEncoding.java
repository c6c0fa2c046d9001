package dev.weir.profile;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Tells a text's encoding by its byte order mark; UTF-8 without one.
///
/// @param charset the encoding
/// @param markLength the bytes of the mark itself
record TextEncoding(Charset charset, int markLength) {

    static TextEncoding of(byte[] text) {
        if (isUtf16(text)) {
            boolean bigEndian = text[0] == (byte) 0xfe;
            return new TextEncoding(
                    bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE, 2);
        }
        boolean mark =
                text.length >= 3
                        && text[0] == (byte) 0xef
                        && text[1] == (byte) 0xbb
                        && text[2] == (byte) 0xbf;
        return new TextEncoding(StandardCharsets.UTF_8, mark ? 3 : 0);
    }

    static boolean isUtf16(byte[] head) {
        return head.length >= 2
                && ((head[0] == (byte) 0xff && head[1] == (byte) 0xfe)
                        || (head[0] == (byte) 0xfe && head[1] == (byte) 0xff));
    }
}
