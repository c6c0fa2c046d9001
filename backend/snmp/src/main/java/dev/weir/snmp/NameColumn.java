package dev.weir.snmp;

import org.snmp4j.smi.OID;

/// The readable column of `weirVsNameTable`.
public enum NameColumn implements MibObject {
    INDEX;

    @Override
    public String mibName() {
        return "weirVsNameIndex";
    }

    @Override
    public int id() {
        return 2;
    }

    @Override
    public OID parent() {
        return WeirMib.VIRTUAL_SERVER_NAME_ENTRY;
    }
}
