package dev.weir.bundle;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// The lab's demo servers: real HTTP servers in this process, each on its own port and with its own
/// latency. `/healthz` answers at once.
final class DemoTargets implements AutoCloseable {
    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final int SLOW_ONE_IN = 20;
    private static final int SLOW_FACTOR = 5;

    private final WebServer server;

    /// Starts all of them.
    ///
    /// @param random must be safe for many threads
    static DemoTargets start(
            List<DemoTarget> targets, Ports ports, Pause pause, RandomGenerator random) {
        WebServerConfig.Builder builder =
                WebServer.builder()
                        .shutdownHook(false)
                        .host(HostPort.LOOPBACK)
                        .port(0)
                        .shutdownGracePeriod(Duration.ZERO);
        for (DemoTarget target : targets) {
            builder.putSocket(
                    target.name(),
                    socket ->
                            socket.address(InetAddress.ofLiteral(HostPort.LOOPBACK))
                                    .port(ports.of(target.door()))
                                    .shutdownGracePeriod(Duration.ZERO)
                                    .connectionOptions(options -> options.tcpNoDelay(true))
                                    .routing(routing(target, pause, random)));
        }
        return new DemoTargets(builder.build().start());
    }

    private DemoTargets(WebServer server) {
        this.server = server;
    }

    /// Ends them; requests under way are cut.
    @Override
    public void close() {
        server.stop();
    }

    private static HttpRouting.Builder routing(
            DemoTarget target, Pause pause, RandomGenerator random) {
        Header servedBy = HeaderValues.createCached("x-served-by", target.name());
        byte[] body =
                "{\"servedBy\": \"%s\"}%n"
                        .formatted(target.name())
                        .getBytes(StandardCharsets.UTF_8);
        Handler answer =
                (request, response) -> {
                    try {
                        pause.sleep(latency(target, random));
                        response.header(servedBy).header(JSON).send(body);
                    } catch (InterruptedException ending) {
                        response.status(Status.SERVICE_UNAVAILABLE_503).send();
                    }
                };
        return HttpRouting.builder()
                .get("/healthz", (request, response) -> response.header(servedBy).send("ok"))
                .any(answer);
    }

    private static Duration latency(DemoTarget target, RandomGenerator random) {
        boolean slow = random.nextInt(SLOW_ONE_IN) == 0;
        long usual = target.latency().toNanos() * (slow ? SLOW_FACTOR : 1);
        return Duration.ofNanos((long) (usual * (0.75 + random.nextDouble() / 2)));
    }
}
