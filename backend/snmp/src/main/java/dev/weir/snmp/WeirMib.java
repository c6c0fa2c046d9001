package dev.weir.snmp;

import org.snmp4j.smi.OID;

/// The arcs of WEIR-MIB (`mibs/WEIR-MIB.mib`) and the few objects of SNMPv2-MIB that go with it.
public final class WeirMib {
    /// The module's own arc. Everything else is below it; one constant changes with the enterprise
    /// number.
    public static final OID ROOT = new OID(new int[] {1, 3, 6, 1, 4, 1, 32473, 1947});

    /// The scalars of the agent.
    public static final OID AGENT = below(1, 1);

    /// One row of the virtual server table.
    public static final OID VIRTUAL_SERVER_ENTRY = below(1, 3, 1, 1);

    /// One row of the statistics of virtual servers.
    public static final OID VIRTUAL_SERVER_STATS_ENTRY = below(1, 3, 2, 1);

    /// One row of the index of virtual servers by name.
    public static final OID VIRTUAL_SERVER_NAME_ENTRY = below(1, 3, 4, 1);

    /// What `sysObjectID` says of an agent of Weir.
    public static final OID AGENT_ID = below(3, 1);

    /// SNMPv2-MIB `sysUpTime.0`.
    public static final OID SYS_UP_TIME = new OID(new int[] {1, 3, 6, 1, 2, 1, 1, 3, 0});

    private WeirMib() {}

    private static OID below(int... suffix) {
        return new OID(ROOT.getValue(), suffix);
    }
}
