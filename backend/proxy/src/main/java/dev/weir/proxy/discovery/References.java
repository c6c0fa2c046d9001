package dev.weir.proxy.discovery;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The names of one type that resources held refer to, each with the resources that do.
///
/// Follows changes at their own cost, whatever the number of names. Owned by the control thread.
final class References {
    private final Map<String, Set<String>> users = new HashMap<>();
    private final Set<String> touched = new HashSet<>();

    /// A user's references are now these and no longer those.
    void replace(String user, Collection<String> before, Collection<String> after) {
        for (String name : before) {
            users.computeIfPresent(
                    name,
                    (any, all) -> {
                        all.remove(user);
                        return all.isEmpty() ? null : all;
                    });
        }
        for (String name : after) {
            users.computeIfAbsent(name, any -> new HashSet<>()).add(user);
        }
        touched.addAll(before);
        touched.addAll(after);
    }

    /// Every name that is referred to; a copy.
    Set<String> names() {
        return new HashSet<>(users.keySet());
    }

    boolean isUsed(String name) {
        return users.containsKey(name);
    }

    /// The resources that refer to a name; a copy.
    List<String> users(String name) {
        return List.copyOf(users.getOrDefault(name, Set.of()));
    }

    /// The names whose use may have begun or ended since the last call.
    Set<String> takeTouched() {
        Set<String> taken = Set.copyOf(touched);
        touched.clear();
        return taken;
    }
}
