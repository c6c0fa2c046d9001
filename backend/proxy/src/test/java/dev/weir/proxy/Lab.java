package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.io.Transport;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// A proxy with a fake controller, driven by raw sockets.
final class Lab implements AutoCloseable {
    static final String VS = "vs/00000000-0000-0000-0000-000000000007";
    static final String TG = "tg/00000000-0000-0000-0000-000000000003";

    final FakeController controller;
    final EmbeddedProxy proxy;

    Lab() throws IOException {
        this(Transport.best());
    }

    Lab(Transport transport) throws IOException {
        controller = new FakeController(0);
        proxy =
                EmbeddedProxy.start(
                        new Settings(
                                "node-1",
                                "test",
                                controller.address(),
                                Optional.empty(),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                2,
                                transport));
    }

    /// One virtual server that sends everything to these backends.
    Lab serving(Backend... backends) throws InterruptedException {
        return serving(Messages.manager(VS, "vs_7").build(), backends);
    }

    Lab serving(HttpConnectionManager manager, Backend... backends) throws InterruptedException {
        controller.put(TG, Messages.cluster(TG, "tg_3").build());
        return servingCluster(manager, backends);
    }

    /// The same where the test has put the cluster itself.
    Lab servingCluster(HttpConnectionManager manager, Backend... backends)
            throws InterruptedException {
        endpoints(backends);
        controller.put(VS, Messages.routes(VS, Messages.forward("/", TG)));
        controller.put(VS, Messages.listener(VS, 0, manager));
        eventually(() -> port(VS) > 0 && answers());
        return this;
    }

    void endpoints(Backend... backends) throws InterruptedException {
        LbEndpoint[] endpoints =
                Arrays.stream(backends)
                        .map(b -> Messages.endpoint(b.address(), 1, HealthStatus.UNKNOWN))
                        .toArray(LbEndpoint[]::new);
        controller.put(TG, Messages.assignment(TG, endpoints));
    }

    /// A 404 or a 503 may come while resources arrive; both are answers of the new virtual server.
    private boolean answers() {
        return !stat("envoy_cluster_membership_total{envoy_cluster_name=\"tg_3\"}").isEmpty();
    }

    int port(String name) {
        InetSocketAddress address = proxy.addresses().get(name);
        return address == null ? 0 : address.getPort();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(VS));
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /// Sends the bytes and reads until the proxy closes.
    String talk(String bytes) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /// A port that was free a moment ago.
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    /// The lines of a head with the empty line after them.
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    String get(String path) throws IOException {
        return talk(head("GET " + path + " HTTP/1.1", "Host: a", "Connection: close"));
    }

    /// Reads one response with its body from a connection that stays open.
    static String read(InputStream in) throws IOException {
        String head = Backend.readHead(in);
        return head + new String(Backend.readBody(head, in), StandardCharsets.ISO_8859_1);
    }

    String admin(String path) throws IOException {
        try (InputStream in =
                URI.create("http://127.0.0.1:" + proxy.adminAddress().getPort() + path)
                        .toURL()
                        .openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// What the admin endpoint says of the clusters.
    String clusters() {
        try {
            return admin("/clusters?format=json");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The value of one series, empty when it is not there.
    String stat(String series) {
        try {
            return admin("/stats/prometheus")
                    .lines()
                    .filter(line -> line.startsWith(series + " "))
                    .map(line -> line.substring(series.length() + 1))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        proxy.close();
        controller.close();
    }
}
