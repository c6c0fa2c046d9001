package dev.weir.snmp;

import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

import java.util.Arrays;
import java.util.List;

/// One table of a snapshot, column after column as SNMP walks it. A group of scalars is a table
/// with one row, 0.
///
/// Cells are numbered `column * rows + row`, which is their lexicographic order, so the successor
/// of a cell is the next number. Immutable.
final class MibTable {
    /// The value at a column (by place, not by id) and row.
    interface Reader {
        Variable value(int column, int row);
    }

    private final int[] parent;
    private final int[] ids;
    private final int[][] prefixes;
    private final int[][] instances;
    private final Reader reader;

    /// @param columns ascending by id, of one parent
    /// @param instances ascending
    MibTable(List<? extends MibObject> columns, int[][] instances, Reader reader) {
        this.parent = columns.getFirst().parent().getValue();
        this.ids = columns.stream().mapToInt(MibObject::id).toArray();
        this.prefixes =
                columns.stream().map(column -> column.oid().getValue()).toArray(int[][]::new);
        this.instances = instances;
        this.reader = reader;
    }

    int size() {
        return ids.length * instances.length;
    }

    OID oid(int cell) {
        return new OID(prefixes[cell / instances.length], instances[cell % instances.length]);
    }

    Variable value(int cell) {
        return reader.value(cell / instances.length, cell % instances.length);
    }

    /// The first cell whose OID is after `oid`, or not before it where `inclusive`; `size()` where
    /// there is none.
    int ceiling(int[] oid, boolean inclusive) {
        int common = Math.min(parent.length, oid.length);
        int order = Arrays.compareUnsigned(oid, 0, common, parent, 0, common);
        if (order != 0 || oid.length <= parent.length) {
            return order > 0 ? size() : 0;
        }
        int id = oid[parent.length];
        if (id < 0) {
            return size(); // a sub-identifier above 2^31, after every column
        }
        int column = Arrays.binarySearch(ids, id);
        if (column < 0) {
            return (-column - 1) * instances.length;
        }
        int[] instance = Arrays.copyOfRange(oid, parent.length + 1, oid.length);
        int row = Arrays.binarySearch(instances, instance, Arrays::compareUnsigned);
        if (row >= 0) {
            return column * instances.length + row + (inclusive ? 0 : 1);
        }
        return column * instances.length - row - 1;
    }
}
