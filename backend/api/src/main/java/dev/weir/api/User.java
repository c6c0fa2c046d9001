package dev.weir.api;

import java.time.Instant;
import java.util.Map;

/// Who may do what.
///
/// @param roles by cluster name; [#EVERYWHERE] stands for every cluster and what belongs to none
public record User(String name, Map<String, Role> roles, Instant createdAt) {
    /// In the place of a cluster's name: every cluster, and what belongs to none.
    public static final String EVERYWHERE = "*";

    public User {
        roles = Map.copyOf(roles);
    }
}
