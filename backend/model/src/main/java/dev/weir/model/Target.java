package dev.weir.model;

import java.util.List;

/// One server of a target group.
///
/// @param address a literal IPv4 or IPv6 address
/// @param weight share of the group's requests, 1 to 256; 1 where absent
public record Target(String name, String address, int port, Integer weight, AdminState adminState) {

    /// What the operator wants of a target: `ENABLED` takes requests; `DRAIN` takes no new ones and
    /// finishes what it has; `OFFLINE` is left out altogether.
    public enum AdminState {
        ENABLED,
        DRAIN,
        OFFLINE
    }

    public Target {
        weight = weight == null ? Integer.valueOf(1) : weight;
        adminState = adminState == null ? AdminState.ENABLED : adminState;
    }

    public Target withAdminState(AdminState state) {
        return new Target(name, address, port, weight, state);
    }

    public Target withWeight(int newWeight) {
        return new Target(name, address, port, newWeight, adminState);
    }

    List<Problem> problems() {
        return new Problems()
                .under("", Names.problems("name", name == null ? "" : name))
                .require(
                        address != null && Addresses.isLiteral(address),
                        "address",
                        "must be an IPv4 or IPv6 address, is '" + address + "'")
                .range("port", port, 1, 65535)
                .range("weight", weight, 1, 256)
                .list();
    }
}
