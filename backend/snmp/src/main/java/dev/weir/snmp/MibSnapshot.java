package dev.weir.snmp;

import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/// Everything WEIR-MIB says at one moment, in the order SNMP walks it.
///
/// Cells are numbered from 0 in lexicographic order of their OIDs; a walk is a search and then
/// additions. Values are made when they are read: most snapshots are replaced before anybody asks
/// for more than a few rows. Immutable and safe for any thread.
public final class MibSnapshot {
    private final AgentScalars scalars;
    private final List<VirtualServerRow> virtualServers;
    private final List<VirtualServerStats> stats;
    private final LongSupplier ageMillis;
    private final MibTable[] tables;

    /// @param stats as many as virtual servers, in the same order
    /// @param ageMillis milliseconds since the snapshot was taken, added to every age in it
    /// @throws IllegalArgumentException where rows are not in ascending order of their index or do
    ///   not match
    public MibSnapshot(
            AgentScalars scalars,
            List<VirtualServerRow> virtualServers,
            List<VirtualServerStats> stats,
            LongSupplier ageMillis) {
        this.scalars = scalars;
        this.virtualServers = List.copyOf(virtualServers);
        this.stats = List.copyOf(stats);
        this.ageMillis = ageMillis;
        requireRows();
        int[][] indexes =
                virtualServers.stream().map(row -> new int[] {row.index()}).toArray(int[][]::new);
        List<VirtualServerRow> named =
                virtualServers.stream()
                        .sorted(Comparator.comparing(VirtualServerRow::name))
                        .toList();
        int[][] names = named.stream().map(row -> subIdentifiers(row.name())).toArray(int[][]::new);
        List<AgentScalar> scalarObjects = List.of(AgentScalar.values());
        List<VirtualServerColumn> columns = List.of(VirtualServerColumn.values());
        List<VirtualServerStatsColumn> statsColumns = List.of(VirtualServerStatsColumn.values());
        tables =
                new MibTable[] {
                    new MibTable(
                            scalarObjects,
                            new int[][] {{0}},
                            (column, row) -> scalar(scalarObjects.get(column))),
                    new MibTable(
                            columns,
                            indexes,
                            (column, row) ->
                                    columns.get(column).value(this.virtualServers.get(row))),
                    new MibTable(
                            statsColumns,
                            indexes,
                            (column, row) ->
                                    statistic(statsColumns.get(column), this.stats.get(row))),
                    new MibTable(
                            List.of(NameColumn.INDEX),
                            names,
                            (column, row) -> Values.unsigned(named.get(row).index()))
                };
    }

    public AgentScalars scalars() {
        return scalars;
    }

    public List<VirtualServerRow> virtualServers() {
        return virtualServers;
    }

    public List<VirtualServerStats> stats() {
        return stats;
    }

    /// How many cells there are.
    public int size() {
        int size = 0;
        for (MibTable table : tables) {
            size += table.size();
        }
        return size;
    }

    /// The first cell after `oid`, or `size()`.
    public int after(OID oid) {
        return ceiling(oid, false);
    }

    /// The cell of exactly that OID, or -1.
    public int find(OID oid) {
        int cell = ceiling(oid, true);
        return cell < size() && oid(cell).equals(oid) ? cell : -1;
    }

    /// The OID of a cell from 0 to `size() - 1`, instance included.
    public OID oid(int cell) {
        int rest = cell;
        for (MibTable table : tables) {
            if (rest < table.size()) {
                return table.oid(rest);
            }
            rest -= table.size();
        }
        throw new IndexOutOfBoundsException(cell);
    }

    /// The value of a cell from 0 to `size() - 1`; its own object, free to be sent.
    public Variable value(int cell) {
        int rest = cell;
        for (MibTable table : tables) {
            if (rest < table.size()) {
                return table.value(rest);
            }
            rest -= table.size();
        }
        throw new IndexOutOfBoundsException(cell);
    }

    private int ceiling(OID oid, boolean inclusive) {
        int before = 0;
        for (MibTable table : tables) {
            int cell = table.ceiling(oid.getValue(), inclusive);
            if (cell < table.size()) {
                return before + cell;
            }
            before += table.size();
        }
        return before;
    }

    private Variable scalar(AgentScalar object) {
        return object == AgentScalar.SCRAPE_AGE
                ? Values.gauge(scalars.scrape().ageMillis() + ageMillis.getAsLong())
                : object.value(scalars);
    }

    private Variable statistic(VirtualServerStatsColumn column, VirtualServerStats row) {
        return column == VirtualServerStatsColumn.DATA_AGE
                ? Values.gauge(row.dataAgeMillis() + ageMillis.getAsLong())
                : column.value(row);
    }

    private void requireRows() {
        int previous = 0;
        for (int row = 0; row < virtualServers.size(); row++) {
            int index = virtualServers.get(row).index();
            require(index > previous, index, "comes after row " + previous);
            require(
                    stats.size() == virtualServers.size() && stats.get(row).index() == index,
                    index,
                    "has no statistics of its own");
            previous = index;
        }
    }

    private static void require(boolean valid, int index, @Nullable String problem) {
        if (!valid) {
            throw new IllegalArgumentException("MIB row " + index + ": " + problem);
        }
    }

    /// A name as an IMPLIED index: its bytes (RFC 2578 §7.7).
    private static int[] subIdentifiers(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int[] numbers = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            numbers[i] = bytes[i] & 0xFF;
        }
        return numbers;
    }
}
