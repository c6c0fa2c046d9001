package dev.weir.proxy.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.AsciiString;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

class RequestHeadTest {
    private static final ClientAddress CLIENT =
            new ClientAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), false);

    private final RequestHead head = new RequestHead();

    /// In the tables, `~` stands for CRLF.
    private int parse(String text) {
        byte[] bytes = text.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return head.parse(bytes, bytes.length);
    }

    private String forwarded() {
        byte[] out = new byte[8192];
        int length = head.write(out, CLIENT, false, null, 0, null);
        return new String(out, 0, length, StandardCharsets.ISO_8859_1).replace("\r\n", "~");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1~Host: a~~",
                "~~GET / HTTP/1.1~Host: a~~",
                "M-SEARCH /?q=%00 HTTP/1.1~Host: a:80~~",
                "OPTIONS * HTTP/1.1~Host: a~~",
                "GET http://a/b HTTP/1.1~Host: c~~",
                "POST / HTTP/1.1~Host: a~Content-Length: 0~~",
                "POST / HTTP/1.1~Host: a~Transfer-Encoding: Chunked~~",
                "GET / HTTP/1.1~Host:a~X:\t y \t~Empty:~High: \u00e4~~"
            })
    void takesWhatTheStandardAllows(String text) {
        assertThat(parse(text)).isEqualTo(text.replace("~", "\r\n").length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "GET / HTTP/1.1~~|400",
                "GET / HTTP/1.1~Host: a~Host: b~~|400",
                "GET / HTTP/1.1~Host: a b~~|400",
                "GET / HTTP/1.1~Host: user@a~~|400",
                "GET / HTTP/1.1~Host:~~|400",
                "GET  / HTTP/1.1~Host: a~~|400",
                "GET /a b HTTP/1.1~Host: a~~|400",
                "GET /#f HTTP/1.1~Host: a~~|400",
                "GET a HTTP/1.1~Host: a~~|400",
                "GET http://user@a/ HTTP/1.1~Host: a~~|400",
                "G(T / HTTP/1.1~Host: a~~|400",
                "GET / HTTP/1.0~Host: a~~|426",
                "GET / HTTP/2.0~Host: a~~|505",
                "PRI * HTTP/2.0~~SM~~|505",
                "GET / http/1.1~Host: a~~|400",
                "GET / HTTP/1.1 ~Host: a~~|400",
                "GET / HTTP/1.1~Host : a~~|400",
                "GET / HTTP/1.1~Host: a~ folded~~|400",
                "GET / HTTP/1.1~ Host: a~~|400",
                "GET / HTTP/1.1~Host: a~: empty~~|400",
                "GET / HTTP/1.1~Host: a~X: \u0000~~|400",
                "GET / HTTP/1.1~Host: a~X: \u007f~~|400",
                "GET / HTTP/1.1~Host: a~Content-Length: 1~Transfer-Encoding: chunked~~|400",
                "GET / HTTP/1.1~Host: a~Content-Length: 1~Content-Length: 1~~|400",
                "GET / HTTP/1.1~Host: a~Content-Length: 1, 1~~|400",
                "GET / HTTP/1.1~Host: a~Content-Length: +1~~|400",
                "GET / HTTP/1.1~Host: a~Content-Length: -1~~|400",
                "GET / HTTP/1.1~Host: a~Content-Length: 0x1~~|400",
                "GET / HTTP/1.1~Host: a~Content-Length:~~|400",
                "GET / HTTP/1.1~Host: a~Content-Length: 9999999999999999999~~|400",
                "GET / HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked~~|501",
                "GET / HTTP/1.1~Host: a~Transfer-Encoding: xchunked~~|501",
                "GET / HTTP/1.1~Host: a~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~|400",
                "GET / HTTP/1.1~Host: a~Transfer-Encoding : chunked~~|400",
                "GET / HTTP/1.1~Host: a~Expect: miracles~~|417",
                "\u0016\u0003\u0001~|400"
            })
    void refusesWhatCouldBeReadInTwoWays(String text, int status) {
        assertThat(parse(text)).isEqualTo(-status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n",
                "GET / HTTP/1.1\rHost: a\r\r"
            })
    void refusesLinesThatDoNotEndWithCrLf(String text) {
        assertThat(parse(text)).isEqualTo(-400);
    }

    @Test
    void refusesMoreThanAHundredFields() {
        assertThat(parse("GET / HTTP/1.1~Host: a~" + "X: y~".repeat(99) + "~")).isPositive();
        assertThat(parse("GET / HTTP/1.1~Host: a~" + "X: y~".repeat(100) + "~")).isEqualTo(-431);
    }

    @Test
    void waitsForMoreAtEveryCut() {
        String text = "POST /a?b HTTP/1.1~Host: a~Content-Length: 3~X-Long: abcdefghijkl~~";
        byte[] bytes = text.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        for (int cut = 0; cut < bytes.length; cut++) {
            assertThat(head.parse(bytes, cut)).as("cut " + cut).isZero();
        }
        assertThat(head.parse(bytes, bytes.length)).isEqualTo(bytes.length);
    }

    @Test
    void removesHopByHopFieldsAndThoseThatConnectionNames() {
        parse(
                "GET / HTTP/1.1~A: 1~Connection: keep-alive, B,host~Host: h~b: 2~Keep-Alive: 5~TE: x~"
                        + "Upgrade: h2c~Trailer: z~Proxy-Connection: y~X-Forwarded-Proto: ftp~C: 3~~");

        assertThat(forwarded())
                .isEqualTo(
                        "GET / HTTP/1.1~A: 1~Host: h~C: 3~x-forwarded-for: 127.0.0.1~x-forwarded-proto: http~~");
    }

    @Test
    void neverLetsConnectionRemoveTheFraming() {
        parse("POST / HTTP/1.1~Host: h~Connection: content-length~Content-Length: 5~~");

        assertThat(forwarded()).contains("~Content-Length: 5~");
    }

    @Test
    void appendsToTheLastForwardedFor() {
        parse("GET / HTTP/1.1~X-Forwarded-For: 1.1.1.1~Host: h~X-Forwarded-For: 2.2.2.2 ~TE: x~~");

        assertThat(forwarded())
                .isEqualTo(
                        "GET / HTTP/1.1~X-Forwarded-For: 1.1.1.1~Host: h~"
                                + "X-Forwarded-For: 2.2.2.2, 127.0.0.1 ~x-forwarded-proto: http~~");
    }

    @Test
    void turnsAnAbsoluteTargetIntoHostAndPath() {
        parse("GET HTTP://real:80/p?q HTTP/1.1~Host: other~A: 1~~");

        assertThat(forwarded())
                .isEqualTo(
                        "GET /p?q HTTP/1.1~host: real:80~A: 1~x-forwarded-for: 127.0.0.1~"
                                + "x-forwarded-proto: http~~");
    }

    @Test
    void stripsThePortWhereTheControllerAsksForIt() {
        head.stripPort(true);
        parse("GET / HTTP/1.1~Host: shop:8080~~");

        assertThat(forwarded()).startsWith("GET / HTTP/1.1~Host: shop~");
    }

    @Test
    void rewritesThePrefixOfThePath() {
        parse("GET /old/x?q HTTP/1.1~Host: h~~");
        byte[] out = new byte[8192];
        int length = head.write(out, CLIENT, false, new AsciiString("/new"), "/old".length(), null);

        assertThat(new String(out, 0, length, StandardCharsets.ISO_8859_1))
                .startsWith("GET /new/x?q HTTP/1.1\r\n");
    }

    @Test
    void makesARandomUuidWhereTheRequestHasNoId() {
        parse("GET / HTTP/1.1~Host: h~~");
        byte[] out = new byte[8192];
        int length = head.write(out, CLIENT, false, null, 0, RandomGenerator.getDefault());

        assertThat(new String(out, 0, length, StandardCharsets.ISO_8859_1))
                .containsPattern(
                        "x-request-id: [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\r\n");
    }
}
