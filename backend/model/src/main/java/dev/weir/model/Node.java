package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/// A machine with an agent and a proxy.
///
/// @param agent base address of the agent's HTTPS door, or null while the node has not joined
/// @param snmp `host:port` where the agent answers SNMP over UDP, or null where it does not
public record Node(@Nullable URI agent, @Nullable String snmp) implements Spec {

    @Override
    public Kind kind() {
        return Kind.NODE;
    }

    @Override
    public List<Problem> problems() {
        return new Problems()
                .require(
                        agent == null || (agent.isAbsolute() && agent.getHost() != null),
                        "agent",
                        "must be an absolute address such as https://10.0.0.5:8443, is '"
                                + agent
                                + "'")
                .require(
                        snmp == null
                                || snmp.matches("[^:\\s]+:\\d{1,5}|\\[[0-9a-fA-F:.]+]:\\d{1,5}"),
                        "snmp",
                        "must be host:port, is '" + snmp + "'")
                .list();
    }
}
