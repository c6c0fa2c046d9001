package dev.weir.snmp;

import org.snmp4j.smi.OID;

/// A scalar or a column of WEIR-MIB.
public sealed interface MibObject
        permits AgentScalar, VirtualServerColumn, VirtualServerStatsColumn, NameColumn {

    /// The name in the MIB, such as `weirVsTotReqs`.
    String mibName();

    /// The last number of the object's OID.
    int id();

    /// What comes before `id` in the object's OID: the group of a scalar, the row of a column.
    OID parent();

    /// The object's OID, without an instance.
    default OID oid() {
        return new OID(parent().getValue(), id());
    }
}
