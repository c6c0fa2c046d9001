package dev.weir.benchmarks;

import dev.weir.controller.DiscoveryBinding;
import dev.weir.controller.DiscoveryServer;
import dev.weir.model.Engine;
import dev.weir.proxy.io.Transport;
import dev.weir.testkit.InMemoryRevisions;
import dev.weir.testkit.RealEnvoy;
import dev.weir.testkit.SampleSpecs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Starts the backend and every proxy in front of it, each with one worker; closes them in reverse
/// order.
///
/// Weir's proxy runs with the flags of `weir serve`. It and Envoy get their configuration from a
/// real controller; HAProxy and nginx get files that do the same: keep-alive on both sides,
/// `X-Forwarded-For` appended, no access log.
final class Contestants implements AutoCloseable {
    private static final int PROXY_PROCESSOR = 0;
    private static final int LOAD_PROCESSOR = 1;
    private static final String CLUSTER = "benchmark";

    /// What `weir serve` gives its JVM, from the root of the repository.
    private static final Path LAUNCH_FLAGS = Path.of("backend/bundle/src/main/launch/serve.args");

    private final Path directory;
    private final int backendPort = freePort();
    private final List<Contestant> proxies = new ArrayList<>();
    private final List<Runnable> endings = new ArrayList<>();

    /// Begins with the backend alone: nginx that answers 1 KiB with twelve fields.
    Contestants(Path directory) throws IOException {
        this.directory = directory;
        Path configuration = write("backend.conf", backend());
        Contestant backend =
                Contestant.start(
                        "backend", backendPort, LOAD_PROCESSOR, directory, nginx(configuration));
        endings.add(backend::close);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// The proxies in the order in which they were started.
    List<Contestant> proxies() {
        return List.copyOf(proxies);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private List<String> nginx(Path configuration) {
        return List.of(
                "nginx",
                "-p",
                directory.toString(),
                "-c",
                configuration.toString(),
                "-e",
                "stderr");
    }

    private String backend() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            fields.append("add_header X-Field-").append(i);
            fields.append(" \"a value of usual length ").append(i).append("\";\n");
        }
        return """
        daemon off; master_process off; pid backend.pid; error_log stderr error;
        events { worker_connections 2048; }
        http {
          access_log off; keepalive_requests 1000000000; keepalive_timeout 600s;
          client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
          server { listen 127.0.0.1:%d backlog=4096; location / { %s return 200 "%s"; } }
        }
        """
                .formatted(backendPort, fields, "x".repeat(1024));
    }

    /// Weir's embedded proxy on this transport.
    void embedded(Transport transport) throws IOException {
        if (!Files.exists(LAUNCH_FLAGS)) {
            throw new IOException(LAUNCH_FLAGS + ": not here; run from the root of the repository");
        }
        int port = freePort();
        InetSocketAddress controller = controller(port, Engine.EMBEDDED);
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + LAUNCH_FLAGS,
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedProxyProcess.class.getName(),
                        CLUSTER,
                        Integer.toString(controller.getPort()),
                        transport.name());
        add("weir-" + transport.name().toLowerCase(java.util.Locale.ROOT), port, command);
    }

    /// Envoy, where there is one.
    void envoy() throws IOException {
        if (RealEnvoy.find().isEmpty()) {
            System.out.println("envoy: not found, left out");
            return;
        }
        int port = freePort();
        InetSocketAddress controller = controller(port, Engine.ENVOY);
        Path bootstrap =
                write("envoy.yaml", RealEnvoy.bootstrap(CLUSTER, "benchmark-envoy", controller));
        add(
                "envoy",
                port,
                List.of(
                        RealEnvoy.find().orElseThrow().toString(),
                        "--config-path",
                        bootstrap.toString(),
                        "--concurrency",
                        "1",
                        "--use-dynamic-base-id",
                        "--log-level",
                        "warning"));
    }

    void haproxy() throws IOException {
        int port = freePort();
        Path configuration =
                write(
                        "haproxy.cfg",
                        """
                        global
                          nbthread 1
                          maxconn 4096
                        defaults
                          mode http
                          timeout client 60s
                          timeout server 60s
                          timeout connect 5s
                          http-reuse always
                          option forwardfor
                        frontend in
                          bind 127.0.0.1:%d
                          default_backend out
                        backend out
                          balance roundrobin
                          server one 127.0.0.1:%d
                        """
                                .formatted(port, backendPort));
        add("haproxy", port, List.of("haproxy", "-db", "-f", configuration.toString()));
    }

    void nginx() throws IOException {
        int port = freePort();
        Path configuration =
                write(
                        "nginx.conf",
                        """
                        daemon off; master_process off; pid nginx.pid; error_log stderr error;
                        events { worker_connections 4096; }
                        http {
                          access_log off; keepalive_requests 1000000000; keepalive_timeout 600s;
                          client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
                          upstream out { server 127.0.0.1:%d; keepalive 256; keepalive_requests 1000000000; }
                          server {
                            listen 127.0.0.1:%d backlog=4096;
                            location / {
                              proxy_pass http://out; proxy_http_version 1.1; proxy_set_header Connection "";
                              proxy_set_header Host $host;
                              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                            }
                          }
                        }
                        """
                                .formatted(backendPort, port));
        add("nginx", port, nginx(configuration));
    }

    private void add(String name, int port, List<String> command) throws IOException {
        Contestant proxy = Contestant.start(name, port, PROXY_PROCESSOR, directory, command);
        endings.add(proxy::close);
        proxies.add(proxy);
    }

    /// A controller for one node whose virtual server listens on this port.
    private InetSocketAddress controller(int port, Engine engine) throws IOException {
        InMemoryRevisions revisions = new InMemoryRevisions(CLUSTER, engine);
        revisions.put("backends", SampleSpecs.group(backendPort));
        revisions.put("front", SampleSpecs.http(port, "backends"));
        DiscoveryServer server =
                new DiscoveryServer(
                        revisions,
                        DiscoveryBinding.plain(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        InstantSource.system(),
                        System::nanoTime);
        server.start();
        endings.add(server::close);
        return server.address();
    }

    @Override
    public void close() {
        for (Runnable ending : endings.reversed()) {
            ending.run();
        }
    }
}
