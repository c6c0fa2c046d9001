package dev.weir.admin.auth;

import dev.weir.api.Role;
import dev.weir.api.User;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Who is asking, once that is proven.
///
/// @param roles by cluster name, or [User#EVERYWHERE]
public record Principal(String name, Map<String, Role> roles) {

    public Principal {
        roles = Map.copyOf(roles);
    }

    /// Whether the user may do what this role may in a cluster, or in all of them where it is
    /// [User#EVERYWHERE].
    public boolean may(Role needed, String cluster) {
        return includes(roles.get(User.EVERYWHERE), needed) || includes(roles.get(cluster), needed);
    }

    /// Whether the user may do so in one cluster at least.
    public boolean maySomewhere(Role needed) {
        return roles.values().stream().anyMatch(role -> role.includes(needed));
    }

    /// The most that the user may do anywhere; a user without any may least of all.
    public Role highest() {
        return roles.values().stream().max(Role::compareTo).orElse(Role.AGENT);
    }

    /// The clusters with a role of their own.
    public Set<String> clusters() {
        Set<String> clusters = new TreeSet<>(roles.keySet());
        clusters.remove(User.EVERYWHERE);
        return clusters;
    }

    private static boolean includes(@org.jspecify.annotations.Nullable Role has, Role needed) {
        return has != null && has.includes(needed);
    }
}
