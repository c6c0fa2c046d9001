package dev.weir.snmp;

import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;

import java.util.function.Function;

/// A readable column of `weirVsTable`.
public enum VirtualServerColumn implements MibObject {
    NAME(2, "weirVsName", value -> Values.text(value.name(), 64)),
    UUID(3, "weirVsUuid", value -> Values.text(value.uuid(), 36)),
    TYPE(4, "weirVsType", value -> Values.integer(value.type().number())),
    ADDRESS_TYPE(5, "weirVsAddrType", value -> Values.integer(addressType(value.address()))),
    ADDRESS(6, "weirVsAddr", value -> new OctetString(Values.octets(value.address()))),
    PORT(7, "weirVsPort", value -> Values.unsigned(value.port())),
    ADMIN_STATE(8, "weirVsAdminState", value -> Values.integer(value.adminState().number())),
    OPER_STATE(9, "weirVsOperState", value -> Values.integer(value.operState().number())),
    REASON(10, "weirVsReason", value -> Values.text(value.reason(), 255)),
    LAST_CHANGE(11, "weirVsLastChange", value -> Values.ticks(value.lastChange())),
    TARGET_GROUP(12, "weirVsTgIndex", value -> Values.unsigned(value.targetGroup())),
    TARGETS_HEALTHY(13, "weirVsTargetsHealthy", value -> Values.gauge(value.targets().healthy())),
    TARGETS_TOTAL(14, "weirVsTargetsTotal", value -> Values.gauge(value.targets().total())),
    CONFIG_VERSION(15, "weirVsConfigVersion", value -> Values.text(value.configVersion(), 255));

    private final int id;
    private final String mibName;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Function<VirtualServerRow, Variable> value;

    VirtualServerColumn(int id, String mibName, Function<VirtualServerRow, Variable> value) {
        this.id = id;
        this.mibName = mibName;
        this.value = value;
    }

    @Override
    public String mibName() {
        return mibName;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public OID parent() {
        return WeirMib.VIRTUAL_SERVER_ENTRY;
    }

    Variable value(VirtualServerRow of) {
        return value.apply(of);
    }

    static VirtualServerRow read(int index, Cells<VirtualServerColumn> cells) {
        return new VirtualServerRow(
                index,
                cells.text(NAME),
                cells.text(UUID),
                Numbered.of(VirtualServerRow.Type.values(), cells.integer(TYPE)),
                Values.address(cells.octets(ADDRESS)),
                cells.integer(PORT),
                Numbered.of(VirtualServerRow.AdminState.values(), cells.integer(ADMIN_STATE)),
                Numbered.of(OperState.values(), cells.integer(OPER_STATE)),
                cells.text(REASON),
                cells.number(LAST_CHANGE),
                cells.integer(TARGET_GROUP),
                new VirtualServerRow.Targets(
                        cells.number(TARGETS_HEALTHY), cells.number(TARGETS_TOTAL)),
                cells.text(CONFIG_VERSION));
    }

    /// `InetAddressType` (RFC 4001): unknown(0), ipv4(1), ipv6(2).
    private static int addressType(String address) {
        return switch (Values.octets(address).length) {
            case 4 -> 1;
            case 16 -> 2;
            default -> 0;
        };
    }
}
