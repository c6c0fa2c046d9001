package dev.weir.bundle;

import dev.weir.admin.auth.Identity;
import dev.weir.agent.AgentServer;
import dev.weir.agent.operation.JavaProcesses;
import dev.weir.agent.operation.LocalOperations;
import dev.weir.agent.operation.ProxyProfiler;
import dev.weir.model.Secret;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/// The agent of this machine: the door that diagnosis operations come through.
final class NodeAgent {
    private static final int TOKEN_BYTES = 32;

    private NodeAgent() {}

    /// A token that opens the door for as long as this process lives.
    static Secret newToken(SecureRandom random) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    static AgentServer start(
            Parts parts, Path directory, HostPort listen, AgentDoorKey key, ProxyProfiler profiler)
            throws StartException {
        LocalOperations operations =
                parts.start(
                        "operations",
                        () ->
                                LocalOperations.open(
                                        directory,
                                        LocalOperations.Settings.defaults(),
                                        profiler,
                                        InstantSource.system()));
        return parts.start(
                "agent " + listen,
                () ->
                        new AgentServer(
                                        new AgentServer.Settings(
                                                InetAddress.getByName(listen.host()),
                                                listen.port(),
                                                key.identity().serverContext(),
                                                key.token()),
                                        operations,
                                        JavaProcesses::list)
                                .start());
    }

    /// What the door shows, and what callers must show.
    record AgentDoorKey(Identity identity, Secret token) {}
}
