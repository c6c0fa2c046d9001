package dev.weir.snmp;

import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.VariableBinding;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Asks one agent. Every method blocks until the agent has answered or the time is up; call them
/// from a virtual thread, never from the thread of a user interface.
///
/// Safe for several threads.
public final class SnmpSession implements AutoCloseable {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);
    private static final int REPETITIONS = 45;

    private final SnmpExchange exchange;

    private SnmpSession(SnmpExchange exchange) {
        this.exchange = exchange;
    }

    /// Opens a session that waits one second for an answer and asks twice. No packet is sent yet.
    ///
    /// @throws SnmpException where no socket can be had
    public static SnmpSession open(InetSocketAddress agent, SnmpSecurity security)
            throws SnmpException {
        return open(agent, security, DEFAULT_TIMEOUT);
    }

    /// Opens a session with a patience of its own.
    ///
    /// @param timeout for each of two tries
    /// @throws SnmpException where no socket can be had
    public static SnmpSession open(InetSocketAddress agent, SnmpSecurity security, Duration timeout)
            throws SnmpException {
        return new SnmpSession(new SnmpExchange(agent, security, timeout));
    }

    /// What the agent says of itself.
    public AgentScalars scalars() throws SnmpException {
        return reading().scalars();
    }

    /// The scalars and `sysUpTime` of one response.
    record Reading(long upTime, AgentScalars scalars) {}

    Reading reading() throws SnmpException {
        List<OID> asked = new ArrayList<>(List.of(WeirMib.SYS_UP_TIME));
        for (AgentScalar scalar : AgentScalar.values()) {
            asked.add(new OID(scalar.oid().getValue(), 0));
        }
        List<? extends VariableBinding> answer = exchange.get(asked);
        Cells<AgentScalar> cells = new Cells<>(AgentScalar.values());
        int place = 1;
        for (AgentScalar scalar : AgentScalar.values()) {
            cells.put(scalar, answer.get(place++).getVariable());
        }
        if (cells.empty()) {
            throw new SnmpException(
                    SnmpException.Reason.NOT_WEIR,
                    exchange.name()
                            + ": does not serve WEIR-MIB; check that the address is that of"
                            + " a Weir agent, and its view");
        }
        long upTime =
                answer.getFirst().getVariable() instanceof TimeTicks ticks ? ticks.getValue() : 0;
        return new Reading(upTime, AgentScalar.read(cells));
    }

    /// All virtual servers, by index. A row that comes or goes meanwhile is whole or absent.
    public List<VirtualServerRow> virtualServers() throws SnmpException {
        return List.copyOf(table(VirtualServerColumn.values(), VirtualServerColumn::read).values());
    }

    /// The statistics of all virtual servers, by index.
    public SortedMap<Integer, VirtualServerStats> stats() throws SnmpException {
        return table(VirtualServerStatsColumn.values(), VirtualServerStatsColumn::read);
    }

    /// The state of every virtual server, by index; cheap, for lists.
    public SortedMap<Integer, OperState> states() throws SnmpException {
        SortedMap<Integer, OperState> states = new TreeMap<>();
        OID column = VirtualServerColumn.OPER_STATE.oid();
        walk(
                column,
                binding -> {
                    if (binding.getOid().size() == column.size() + 1
                            && binding.getVariable() instanceof Integer32 state) {
                        states.put(
                                binding.getOid().last(),
                                Numbered.of(OperState.values(), state.getValue()));
                    }
                });
        return states;
    }

    /// The statistics of some virtual servers; those that are no more are absent.
    public SortedMap<Integer, VirtualServerStats> stats(Collection<Integer> indexes)
            throws SnmpException {
        return rows(VirtualServerStatsColumn.values(), indexes, VirtualServerStatsColumn::read);
    }

    /// Some virtual servers; those that are no more are absent.
    public SortedMap<Integer, VirtualServerRow> virtualServers(Collection<Integer> indexes)
            throws SnmpException {
        return rows(VirtualServerColumn.values(), indexes, VirtualServerColumn::read);
    }

    /// Hands every object below `root` to the consumer, in order.
    ///
    /// @throws SnmpException also where the agent's OIDs do not ascend
    public void walk(OID root, Consumer<? super VariableBinding> consumer) throws SnmpException {
        OID last = root;
        while (true) {
            List<? extends VariableBinding> page = exchange.bulk(last, REPETITIONS);
            for (VariableBinding binding : page) {
                if (binding.getVariable() instanceof Null || !binding.getOid().startsWith(root)) {
                    return;
                }
                if (binding.getOid().compareTo(last) <= 0) {
                    throw new SnmpException(
                            SnmpException.Reason.MALFORMED,
                            "%s: OIDs do not ascend (%s after %s); the walk was ended"
                                    .formatted(exchange.name(), binding.getOid(), last));
                }
                consumer.accept(binding);
                last = binding.getOid();
            }
            if (page.isEmpty()) {
                return;
            }
        }
    }

    @Override
    public void close() {
        exchange.close();
    }

    /// One GET a row: a row's cells are always of one moment, and its answer fits into one packet
    /// of 1,400 bytes.
    private <C extends Enum<C> & MibObject, R> SortedMap<Integer, R> rows(
            C[] columns, Collection<Integer> indexes, BiFunction<Integer, Cells<C>, R> read)
            throws SnmpException {
        SortedMap<Integer, R> rows = new TreeMap<>();
        for (int index : indexes) {
            List<OID> asked = new ArrayList<>();
            for (C column : columns) {
                asked.add(new OID(column.oid().getValue(), index));
            }
            List<? extends VariableBinding> answer = exchange.get(asked);
            Cells<C> cells = new Cells<>(columns);
            for (int place = 0; place < columns.length; place++) {
                cells.put(columns[place], answer.get(place).getVariable());
            }
            if (cells.complete()) {
                rows.put(index, read.apply(index, cells));
            }
        }
        return rows;
    }

    private <C extends Enum<C> & MibObject, R> SortedMap<Integer, R> table(
            C[] columns, BiFunction<Integer, Cells<C>, R> read) throws SnmpException {
        Map<Integer, C> byId = new HashMap<>();
        for (C column : columns) {
            byId.put(column.id(), column);
        }
        OID entry = columns[0].parent();
        SortedMap<Integer, Cells<C>> found = new TreeMap<>();
        walk(
                entry,
                binding -> {
                    OID oid = binding.getOid();
                    @Nullable C column = byId.get(oid.get(entry.size()));
                    if (column != null && oid.size() == entry.size() + 2) {
                        found.computeIfAbsent(oid.last(), _ -> new Cells<>(columns))
                                .put(column, binding.getVariable());
                    }
                });
        SortedMap<Integer, R> rows = new TreeMap<>();
        found.forEach((index, cells) -> {
            if (cells.complete()) {
                rows.put(index, read.apply(index, cells));
            }
        });
        return rows;
    }

    /// Reads an address of the form `host:port` or `[ipv6]:port`.
    ///
    /// @throws IllegalArgumentException where it has another form
    public static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        try {
            int port = Integer.parseInt(hostAndPort.substring(colon + 1));
            String host = hostAndPort.substring(0, Math.max(colon, 0));
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            }
            if (!host.isEmpty()) {
                return new InetSocketAddress(host, port);
            }
        } catch (IllegalArgumentException notAnAddress) {
            // told below
        }
        throw new IllegalArgumentException(
                "SNMP address '" + hostAndPort + "': must be host:port, such as 127.0.0.1:1161");
    }
}
