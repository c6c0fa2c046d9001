package dev.weir.agent.snmp;

import dev.weir.agent.stats.UpTime;
import dev.weir.snmp.WeirMib;

import org.snmp4j.agent.mo.snmp.SNMPv2MIB;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;

/// The groups `system` and `snmp` of RFC 3418, with the agent's own `sysUpTime`.
final class SystemGroup extends SNMPv2MIB {
    private static final int APPLICATION_SERVICES = 72; // layers 4 and 7
    private static final long TICK_RANGE = 1L << 32;

    SystemGroup(String description, UpTime upTime) {
        super(
                new OctetString(description),
                WeirMib.AGENT_ID,
                new Integer32(APPLICATION_SERVICES),
                () -> new TimeTicks(upTime.ticks() % TICK_RANGE));
    }
}
