package dev.weir.agent.snmp;

import dev.weir.model.Secret;
import dev.weir.snmp.SnmpSecurity;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/// Where the agent answers SNMP, and whom.
///
/// @param address port 0 for any free one
/// @param users of SNMPv3; each may read, none may write
/// @param community answers SNMPv2c to managers on this machine; null, the default, answers none
/// @param state a directory of the agent's own, for its engine id and boot counter
/// @param description what `sysDescr` says
/// @param requestsPerSecond how many requests of one address other than loopback are answered, at
///   least 1; five times as many at once
public record SnmpAgentSettings(
        InetSocketAddress address,
        List<SnmpSecurity.User> users,
        @Nullable Secret community,
        Path state,
        String description,
        int requestsPerSecond) {
    public static final int DEFAULT_REQUESTS_PER_SECOND = 1000;

    /// @throws IllegalArgumentException where a community would be answered beyond this machine
    public SnmpAgentSettings {
        users = List.copyOf(users);
        if (community != null && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "SNMP address "
                            + address.getHostString()
                            + ": a community is clear text and is answered on loopback alone; add an"
                            + " SNMPv3 user and remove the community");
        }
        if (requestsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "SNMP requests per second: must be at least 1, is " + requestsPerSecond);
        }
    }
}
