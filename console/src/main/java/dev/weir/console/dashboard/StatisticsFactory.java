package dev.weir.console.dashboard;

import dev.weir.snmp.SnmpSecurity;

import java.io.IOException;

/// Opens a way to a node's numbers. Blocking; any thread but the user interface's.
public interface StatisticsFactory {

    /// Opens a session; whether the node answers shows with the first reading.
    ///
    /// @param address `host:port` of the node's SNMP agent
    StatisticsSource open(String address, SnmpSecurity security) throws IOException;
}
