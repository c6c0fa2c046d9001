package dev.weir.api;

/// What a user may do in one cluster or everywhere; each role includes those before it.
public enum Role {
    /// Follows what the nodes of a cluster need to know; the role of agents.
    AGENT,
    /// Reads everything but secrets.
    VIEWER,
    /// Puts targets online and offline, drains them, runs diagnoses.
    OPERATOR,
    /// Changes the configuration.
    EDITOR,
    /// Manages the cluster itself; everywhere also users, credentials and new clusters.
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
