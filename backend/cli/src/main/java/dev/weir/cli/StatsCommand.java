package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.Codec;
import dev.weir.api.ResourceView;
import dev.weir.api.Words;
import dev.weir.model.Kind;
import dev.weir.model.Node;
import dev.weir.snmp.SnmpSecurity;
import dev.weir.snmp.SnmpSession;
import dev.weir.snmp.VirtualServerRow;
import dev.weir.snmp.VirtualServerStats;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/// `weirctl stats`.
@Command(
        name = "stats",
        description = "Asks the nodes' agents over SNMP what the virtual servers do.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "RPS, CPS and kbit/s are of the last second, p50 and p99 of the last minute;"
                    + " the totals are those that snmpwalk prints."
        })
final class StatsCommand implements Callable<Integer> {
    private static final double MICROS_PER_MILLI = 1000;

    private final Surroundings surroundings;
    @Mixin private final ServerOptions server;
    @Mixin private final SnmpOptions snmp;
    @Mixin private final OutputOptions output = new OutputOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "VIRTUAL-SERVER",
            description = "Only this one.")
    private @Nullable String only;

    @Option(names = "--node", paramLabel = "NAME", description = "Only this node.")
    private @Nullable String node;

    @Option(
            names = {"-w", "--watch"},
            paramLabel = "SECONDS",
            description = "Ask again and again with this pause, until Ctrl-C.")
    private long period;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    StatsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = new ServerOptions(surroundings);
        this.snmp = new SnmpOptions(surroundings);
    }

    /// One virtual server on one node.
    private record Line(String node, VirtualServerRow virtualServer, VirtualServerStats stats) {}

    @Override
    public Integer call() throws Exception {
        Map<String, InetSocketAddress> agents = new LinkedHashMap<>();
        SnmpSecurity security;
        try (Session session = server.open()) {
            for (ResourceView view : session.all(session.cluster(), Kind.NODE, "")) {
                if (view.resource().spec() instanceof Node(var _, String snmp)
                        && snmp != null
                        && (node == null || node.equals(view.name()))) {
                    agents.put(view.name(), SnmpSession.address(snmp));
                }
            }
            security = snmp.security(session.community());
        }
        if (agents.isEmpty()) {
            throw new FailedException("no node tells an SNMP address; set spec.snmp of a node");
        }
        print(ask(agents, security));
        while (period > 0) {
            surroundings.pause().sleep(Duration.ofSeconds(period));
            print(ask(agents, security));
        }
        return ExitCode.DONE.code();
    }

    private List<Line> ask(Map<String, InetSocketAddress> agents, SnmpSecurity security)
            throws Exception {
        List<Line> lines = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (Map.Entry<String, InetSocketAddress> agent : agents.entrySet()) {
            try (SnmpSession session = SnmpSession.open(agent.getValue(), security)) {
                Map<Integer, VirtualServerStats> stats = session.stats();
                for (VirtualServerRow row : session.virtualServers()) {
                    seen.add(row.name());
                    VirtualServerStats counted = stats.get(row.index());
                    if (counted != null && (only == null || only.equals(row.name()))) {
                        lines.add(new Line(agent.getKey(), row, counted));
                    }
                }
            }
        }
        if (only != null && lines.isEmpty()) {
            throw new NotFoundException("virtual server", only, seen);
        }
        return lines;
    }

    private void print(List<Line> lines) {
        Table table =
                new Table(
                        "NODE",
                        "NAME",
                        "STATE",
                        "RPS",
                        "CPS",
                        "CONNS",
                        "IN kbit/s",
                        "OUT kbit/s",
                        "P50 ms",
                        "P99 ms",
                        "REQUESTS",
                        "5XX");
        for (Line line : lines) {
            VirtualServerStats stats = line.stats();
            table.row(
                    line.node(),
                    line.virtualServer().name(),
                    Words.of(line.virtualServer().operState()),
                    stats.requests().perSecond(),
                    stats.connections().perSecond(),
                    stats.connections().current(),
                    stats.octets().kilobitsInPerSecond(),
                    stats.octets().kilobitsOutPerSecond(),
                    millis(stats.latency().p50()),
                    millis(stats.latency().p99()),
                    Long.toUnsignedString(stats.requests().total()),
                    Long.toUnsignedString(stats.responses().serverError()));
        }
        output.print(
                spec.commandLine().getOut(),
                table,
                lines.stream().map(StatsCommand::document).toList(),
                lines.stream().map(line -> line.virtualServer().name()).toList());
    }

    private static JsonNode document(Line line) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("node", line.node());
        parts.put("virtualServer", line.virtualServer());
        parts.put("stats", line.stats());
        return Codec.write(parts);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f", micros / MICROS_PER_MILLI);
    }
}
