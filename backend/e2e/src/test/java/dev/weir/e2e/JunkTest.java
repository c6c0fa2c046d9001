package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Kind;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Random;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Junk at every door: a clear error or silence, never a stack trace, never a dead process.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JunkTest {
    private static final int ROUNDS = 60;

    @TempDir static Path directory;

    private final Random random = new Random(42);
    private Lab lab;
    private Site site;

    @BeforeAll
    void start() throws Exception {
        lab = Lab.start(directory, "--traffic", "off");
        site = new Site(lab);
    }

    @AfterAll
    void stop() {
        if (site != null) {
            site.close();
            lab.close();
        }
    }

    @Test
    void randomBytesAtEveryStreamDoor() throws Exception {
        for (InetSocketAddress door : streamDoors()) {
            for (int round = 0; round < ROUNDS; round++) {
                String answer = exchange(new Socket(), door, junk(1 + random.nextInt(4000)));
                assertThat(answer).as("door %s", door).doesNotContain("\tat ", "Exception");
            }
        }
        everythingStillServes();
    }

    @Test
    void brokenRequestsBehindTheTlsOfAdminAndAgent() throws Exception {
        SSLSocketFactory tls = trusting(Path.of(lab.ready().ca()));
        String deep = "[".repeat(100_000);
        List<byte[]> requests =
                List.of(
                        "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                        "BOGUS\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                        post("/api/v1/login", deep),
                        post("/api/v1/login", "{\"user\":".repeat(50_000)),
                        post("/api/v1/login", "\u0000\u0001\u0002"),
                        post("/api/v1/clusters/lab:apply", "a: &a [*a]\n".repeat(10)),
                        post("/api/v1/clusters/../../etc/passwd", "{}"),
                        junk(3000));
        for (URI door : List.of(lab.ready().admin(), lab.ready().agents().getFirst())) {
            InetSocketAddress address = new InetSocketAddress(door.getHost(), door.getPort());
            for (byte[] request : requests) {
                String answer = exchange(tls.createSocket(), address, request);
                assertThat(answer)
                        .as("door %s", door)
                        .doesNotContain("\tat ", "Exception", "java.", "dev.weir.");
            }
        }
        everythingStillServes();
    }

    @Test
    void randomDatagramsAtSnmp() throws Exception {
        InetSocketAddress door = address(lab.ready().snmp().address());
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int round = 0; round < 500; round++) {
                byte[] bytes = junk(random.nextInt(1400));
                if (round % 2 == 0 && bytes.length > 2) {
                    bytes[0] = 0x30; // looks like BER
                    bytes[1] = (byte) (bytes.length - 2);
                }
                socket.send(new DatagramPacket(bytes, bytes.length, door));
            }
        }
        everythingStillServes();
    }

    @Test
    void hugeAndHostileDocuments() throws Exception {
        String token = Files.readString(Path.of(lab.ready().tokenFile())).strip();
        SSLSocketFactory tls = trusting(Path.of(lab.ready().ca()));
        URI admin = lab.ready().admin();
        InetSocketAddress address = new InetSocketAddress(admin.getHost(), admin.getPort());
        String bomb =
                """
                a: &a [x,x,x,x,x,x,x,x,x]
                b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
                c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
                e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
                f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
                """;
        for (String body :
                List.of(
                        "[".repeat(200_000),
                        "{\"spec\":".repeat(100_000),
                        "\"" + "x".repeat(8_000_000),
                        "kind: virtualServer\nname: " + "x".repeat(100_000),
                        bomb,
                        "{\"name\":1e999999999,\"spec\":[]}",
                        "---\n".repeat(200_000))) {
            String request =
                    "POST /api/v1/clusters/lab:apply HTTP/1.1\r\nHost: admin\r\nAuthorization: Bearer "
                            + token
                            + "\r\nContent-Type: application/yaml\r\nConnection: close\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body;
            String answer =
                    exchange(
                            tls.createSocket(),
                            address,
                            request.getBytes(StandardCharsets.US_ASCII));
            assertThat(answer).doesNotContain("\tat ", "java.", "dev.weir.");
            assertThat(answer).as(body.substring(0, 20)).matches("(?s)(HTTP/1\\.1 4\\d\\d.*|)");
        }
        everythingStillServes();
    }

    private List<InetSocketAddress> streamDoors() {
        return List.of(
                address(lab.ready().admin().getAuthority()),
                address(lab.ready().xds()),
                address(lab.ready().agents().getFirst().getAuthority()),
                address(lab.ready().virtualServers().get("shop").getAuthority()),
                address(lab.ready().virtualServers().get("pay").getAuthority()));
    }

    private void everythingStillServes() throws Exception {
        assertThat(lab.isAlive()).isTrue();
        site.client().health();
        assertThat(site.client().get(Site.CLUSTER, Kind.VIRTUAL_SERVER, "shop").value().name())
                .isEqualTo("shop");
        int shop = lab.ready().virtualServers().get("shop").getPort();
        assertThat(site.get(shop, "/").status()).isLessThan(500);
        assertThat(lab.log()).doesNotContain("OutOfMemoryError", "StackOverflowError");
    }

    private static byte[] post(String path, String body) {
        return ("POST "
                        + path
                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] junk(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Sends and reads until the other side ends, or says nothing for a moment.
    private static String exchange(Socket socket, InetSocketAddress door, byte[] bytes) {
        try (socket) {
            socket.connect(door, 5000);
            socket.setSoTimeout(500);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            InputStream input = socket.getInputStream();
            return new String(input.readNBytes(64 * 1024), StandardCharsets.ISO_8859_1);
        } catch (IOException silence) {
            return "";
        }
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return new InetSocketAddress(
                hostAndPort.substring(0, colon),
                Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    private static SSLSocketFactory trusting(Path ca) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream input = Files.newInputStream(ca)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(input));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
