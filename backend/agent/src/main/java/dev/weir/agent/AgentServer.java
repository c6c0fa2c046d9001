package dev.weir.agent;

import dev.weir.api.ApiPaths;
import dev.weir.api.JvmProcess;
import dev.weir.model.OperationRunner;
import dev.weir.model.Secret;

import io.helidon.common.tls.Tls;
import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

/// The agent's HTTPS door: operations, artifacts and the JVMs of this machine.
///
/// Everything but [ApiPaths#HEALTH] wants the bearer token. Each request runs on a virtual thread
/// of its own.
public final class AgentServer implements AutoCloseable {
    private static final String OPERATION = ApiPaths.OPERATIONS + "/{runId}";
    private static final long MAX_BODY = 1024 * 1024;

    private final WebServer server;
    private final Settings settings;

    /// Where the door is and what opens it.
    ///
    /// @param port 0 for a free one
    /// @param tls with the agent's key and certificate
    /// @param token what callers must present
    public record Settings(InetAddress address, int port, SSLContext tls, Secret token) {

        /// On loopback, at a free port.
        public static Settings loopback(SSLContext tls, Secret token) {
            return new Settings(InetAddress.getLoopbackAddress(), 0, tls, token);
        }
    }

    /// @param jvms those that an operation can record; asked for each time
    public AgentServer(
            Settings settings, OperationRunner operations, Supplier<List<JvmProcess>> jvms) {
        this.settings = settings;
        AgentHandlers handlers = new AgentHandlers(operations, jvms);
        AgentDoor door = new AgentDoor(settings.token());
        this.server =
                WebServer.builder()
                        .shutdownHook(false)
                        .address(settings.address())
                        .port(settings.port())
                        .maxPayloadSize(MAX_BODY)
                        .shutdownGracePeriod(Duration.ofMillis(200))
                        .directHandlers(AgentDoor.refusalsOfTheServer())
                        .tls(Tls.builder().sslContext(settings.tls()).build())
                        .routing(routing -> route(routing, handlers, door))
                        .build();
    }

    private static void route(HttpRouting.Builder routing, AgentHandlers handlers, AgentDoor door) {
        routing.get(ApiPaths.HEALTH, door.open(handlers::health))
                .get(ApiPaths.JVMS, door.guarded(handlers::jvms))
                .get(ApiPaths.ARTIFACTS + "/{sha256}", door.guarded(handlers::artifact))
                .route(Method.PUT, OPERATION, door.guarded(handlers::start))
                .get(OPERATION, door.guarded(handlers::observe))
                .post(OPERATION + ":cancel", door.guarded(handlers::cancel))
                .any(
                        door.guarded((_, _) -> {
                            throw AgentHandlers.unknownPath();
                        }));
    }

    /// Begins to listen.
    ///
    /// @throws IllegalStateException where the address cannot be listened on
    public AgentServer start() {
        tryToListen();
        server.start();
        // Helidon logs why it cannot listen, and returns as if it could
        if (!server.isRunning()) {
            throw cannotListen("see the log");
        }
        return this;
    }

    /// Finds out before Helidon does, which would log a stack trace.
    private void tryToListen() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(settings.address(), settings.port()));
        } catch (IOException taken) {
            throw cannotListen(String.valueOf(taken.getMessage()));
        }
    }

    private IllegalStateException cannotListen(String why) {
        return new IllegalStateException(
                "agent: cannot listen on %s:%d (%s); choose another port or end the program that has it"
                        .formatted(settings.address().getHostAddress(), settings.port(), why));
    }

    /// The port that is listened on.
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
