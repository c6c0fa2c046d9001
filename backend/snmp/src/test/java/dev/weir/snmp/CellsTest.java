package dev.weir.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OctetString;

class CellsTest {

    @Test
    void readsWhatWasWrittenInEveryColumn() {
        assertThat(row(Samples.row(3, "pay"))).isEqualTo(Samples.row(3, "pay"));
        assertThat(row(Samples.row(4, "shop"))).isEqualTo(Samples.row(4, "shop"));
        Cells<VirtualServerStatsColumn> stats = new Cells<>(VirtualServerStatsColumn.values());
        for (VirtualServerStatsColumn column : VirtualServerStatsColumn.values()) {
            stats.put(column, column.value(Samples.stats(5)));
        }
        assertThat(VirtualServerStatsColumn.read(5, stats)).isEqualTo(Samples.stats(5));
        Cells<AgentScalar> scalars = new Cells<>(AgentScalar.values());
        for (AgentScalar scalar : AgentScalar.values()) {
            scalars.put(scalar, scalar.value(Samples.scalars()));
        }
        assertThat(AgentScalar.read(scalars)).isEqualTo(Samples.scalars());
    }

    @Test
    void readsNothingFromExceptionsAndWrongTypes() {
        Cells<VirtualServerColumn> cells = new Cells<>(VirtualServerColumn.values());
        cells.put(VirtualServerColumn.NAME, Null.noSuchInstance);
        cells.put(VirtualServerColumn.PORT, new OctetString("eighty"));
        assertThat(cells.text(VirtualServerColumn.NAME)).isEmpty();
        assertThat(cells.number(VirtualServerColumn.PORT)).isZero();
        assertThat(cells.complete()).isFalse();
    }

    private static VirtualServerRow row(VirtualServerRow original) {
        Cells<VirtualServerColumn> cells = new Cells<>(VirtualServerColumn.values());
        for (VirtualServerColumn column : VirtualServerColumn.values()) {
            cells.put(column, column.value(original));
        }
        assertThat(cells.complete()).isTrue();
        return VirtualServerColumn.read(original.index(), cells);
    }
}
