package dev.weir.bundle;

import dev.weir.admin.auth.Identity;
import dev.weir.agent.AgentServer;
import dev.weir.agent.operation.JavaProcesses;
import dev.weir.agent.operation.LocalOperations;
import dev.weir.agent.operation.ProxyProfiler;
import dev.weir.agent.snmp.SnmpAgent;
import dev.weir.agent.snmp.SnmpAgentSettings;
import dev.weir.agent.stats.NodeStats;
import dev.weir.agent.stats.NodeStatsSettings;
import dev.weir.agent.stats.UpTime;
import dev.weir.model.RevisionSource;
import dev.weir.model.Secret;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Supplier;

/// The agent of this machine: the door that diagnosis operations come through.
final class NodeAgent {
    private static final int TOKEN_BYTES = 32;
    private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);

    private NodeAgent() {}

    /// A token that opens the door for as long as this process lives.
    static Secret newToken(SecureRandom random) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    static void start(
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
        var _ =
                parts.start(
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

    /// Counts what the engine does and serves it over SNMP.
    ///
    /// @param directory of the SNMP engine's own state
    /// @param access whom it answers
    static void startSnmp(
            Parts parts,
            Path directory,
            HostPort listen,
            Settings.Snmp access,
            RevisionSource revisions,
            Counting counting)
            throws StartException {
        String community = access.community();
        UpTime upTime = UpTime.starting(System::nanoTime);
        NodeStats stats =
                parts.start(
                        "stats",
                        () ->
                                new NodeStats(
                                        revisions,
                                        new NodeStatsSettings(
                                                counting.cluster(),
                                                counting.node(),
                                                Version.number(),
                                                counting.engineVersion(),
                                                SCRAPE_INTERVAL),
                                        counting.engineAdmin(),
                                        InstantSource.system(),
                                        upTime));
        var _ =
                parts.start(
                        "snmp " + listen,
                        () ->
                                SnmpAgent.start(
                                        new SnmpAgentSettings(
                                                listen.socketAddress(),
                                                access.users(),
                                                community == null ? null : new Secret(community),
                                                directory,
                                                "Weir " + Version.number(),
                                                SnmpAgentSettings.DEFAULT_REQUESTS_PER_SECOND),
                                        stats::snapshot,
                                        upTime));
    }

    /// Whose numbers are counted, and where they are read.
    ///
    /// @param engineAdmin asked for before each scrape
    record Counting(
            String cluster,
            String node,
            Supplier<String> engineVersion,
            Supplier<URI> engineAdmin) {}

    /// What the door shows, and what callers must show.
    record AgentDoorKey(Identity identity, Secret token) {}
}
