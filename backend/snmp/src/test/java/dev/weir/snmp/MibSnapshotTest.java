package dev.weir.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.UnsignedInteger32;

import java.util.List;
import java.util.stream.IntStream;

class MibSnapshotTest {
    private final MibSnapshot snapshot = Samples.snapshot(3, 7, 2_000_000_000);

    @Test
    void ordersEveryCellByItsOid() {
        List<OID> oids = IntStream.range(0, snapshot.size()).mapToObj(snapshot::oid).toList();
        assertThat(oids).isSorted().doesNotHaveDuplicates().hasSize(28 + 3 * (14 + 32 + 1));
    }

    @Test
    void findsEveryCellAndTheOneAfterIt() {
        for (int cell = 0; cell < snapshot.size(); cell++) {
            OID oid = snapshot.oid(cell);
            assertThat(snapshot.find(oid)).isEqualTo(cell);
            assertThat(snapshot.after(oid)).isEqualTo(cell + 1);
            assertThat(snapshot.after(new OID(oid.getValue(), 0))).isEqualTo(cell + 1);
            assertThat(snapshot.after(oid.predecessor())).isEqualTo(cell);
        }
    }

    @Test
    void findsNoCellWhereThereIsNone() {
        assertThat(snapshot.find(WeirMib.ROOT)).isEqualTo(-1);
        assertThat(snapshot.find(VirtualServerColumn.NAME.oid())).isEqualTo(-1);
        assertThat(snapshot.find(new OID(VirtualServerColumn.NAME.oid().getValue(), 4)))
                .isEqualTo(-1);
        assertThat(snapshot.after(WeirMib.ROOT)).isZero();
        assertThat(snapshot.after(new OID("1.3.6.1.4.1.32474"))).isEqualTo(snapshot.size());
    }

    @Test
    void neverGoesBackForSubIdentifiersAboveTheSignedRange() {
        OID high = new OID(VirtualServerColumn.NAME.parent().getValue(), -1);
        assertThat(snapshot.oid(snapshot.after(high))).isGreaterThan(high);
        OID highIndex = new OID(VirtualServerColumn.NAME.oid().getValue(), -1);
        assertThat(snapshot.oid(snapshot.after(highIndex))).isGreaterThan(highIndex);
    }

    @Test
    void walksWithoutRows() {
        MibSnapshot empty = Samples.snapshot();
        assertThat(empty.size()).isEqualTo(28);
        assertThat(empty.after(WeirMib.VIRTUAL_SERVER_ENTRY)).isEqualTo(empty.size());
    }

    @Test
    void latchesGaugesAndKeepsAllBitsOfCounters() {
        assertThat(Values.gauge(-1)).isEqualTo(new Gauge32(0));
        assertThat(Values.gauge(Long.MAX_VALUE)).isEqualTo(new Gauge32(0xFFFF_FFFFL));
        assertThat(((Counter64) Values.counter(-1)).toString()).isEqualTo("18446744073709551615");
    }

    @Test
    void addsItsOwnAgeToTheAgesInIt() {
        MibSnapshot older =
                new MibSnapshot(
                        Samples.scalars(),
                        List.of(Samples.row(1, "a")),
                        List.of(Samples.stats(1)),
                        () -> 5000);
        int age = older.find(new OID(VirtualServerStatsColumn.DATA_AGE.oid().getValue(), 1));
        assertThat(((UnsignedInteger32) older.value(age)).getValue()).isEqualTo(5130);
    }

    @Test
    void refusesRowsOutOfOrder() {
        assertThatThrownBy(() -> Samples.snapshot(2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1");
    }
}
