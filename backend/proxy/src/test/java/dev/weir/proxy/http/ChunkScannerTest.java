package dev.weir.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class ChunkScannerTest {
    private final ChunkScanner scanner = new ChunkScanner();

    /// Scans in pieces of `step` bytes and returns what would be forwarded.
    private String forward(String body, int step) {
        ByteBuf in = Unpooled.copiedBuffer(body, StandardCharsets.ISO_8859_1);
        StringBuilder forwarded = new StringBuilder();
        scanner.start();
        int position = 0;
        while (position < in.writerIndex() && !scanner.done() && !scanner.malformed()) {
            int to = Math.min(in.writerIndex(), position + step);
            int next = scanner.scan(in, position, to);
            forwarded.append(
                    in.toString(
                            position, scanner.forwardTo() - position, StandardCharsets.ISO_8859_1));
            if (scanner.appendEnd()) {
                forwarded.append("\r\n");
            }
            position = next;
        }
        return forwarded.toString();
    }

    @Test
    void forwardsFramingAsItCameHoweverItIsCut() {
        String body = "5;x=y\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n";
        for (int step = 1; step <= body.length(); step++) {
            assertThat(forward(body, step)).as("step " + step).isEqualTo(body);
            assertThat(scanner.done()).isTrue();
        }
    }

    @Test
    void dropsTrailersHoweverTheyAreCut() {
        String body = "3\r\nabc\r\n0\r\nX-Checksum: 1\r\nY: 2\r\n\r\n";
        for (int step = 1; step <= body.length(); step++) {
            assertThat(forward(body, step)).as("step " + step).isEqualTo("3\r\nabc\r\n0\r\n\r\n");
            assertThat(scanner.done()).isTrue();
        }
    }

    @Test
    void leavesTheNextMessageAlone() {
        ByteBuf in = Unpooled.copiedBuffer("1\r\na\r\n0\r\n\r\nGET", StandardCharsets.US_ASCII);
        scanner.start();

        assertThat(scanner.scan(in, 0, in.writerIndex())).isEqualTo(in.writerIndex() - 3);
        assertThat(scanner.done()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "g\r\n",
                "-1\r\n",
                "+1\r\n",
                "0x1\r\n",
                " 1\r\n",
                "1 \r\n",
                "1\n",
                "1\rx",
                "1\r\nab",
                "1\r\na\n",
                "1;x\ny\r\n",
                "ffffffffffffffff\r\n",
                "1000000000000000\r\n",
                "0\r\n x: folded\r\n",
                "0\r\n\rx",
                "0\r\nX: 1\n\r\n"
            })
    void refusesFramingThatTwoParsersCouldReadInTwoWays(String body) {
        forward(body, body.length());

        assertThat(scanner.malformed()).isTrue();
    }
}
