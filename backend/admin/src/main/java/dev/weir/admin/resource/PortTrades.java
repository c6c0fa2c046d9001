package dev.weir.admin.resource;

import dev.weir.model.Change;
import dev.weir.model.Problem;
import dev.weir.model.Resource;
import dev.weir.model.VirtualServer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds virtual servers that trade their ports in one edit: before and after it all is well, but a
/// node moves listeners one by one, and in a ring nobody can be the first.
final class PortTrades {
    /// Where each virtual server goes that listens before and after the edit, by name.
    private final Map<String, String> moves = new LinkedHashMap<>();

    /// Who moves away from an address.
    private final Map<String, String> leaving = new HashMap<>();

    PortTrades(List<Change> changes) {
        for (Change change : changes) {
            String from = listener(change.before());
            String to = listener(change.after());
            if (from != null && to != null && !from.equals(to)) {
                moves.put(change.name(), to);
                leaving.put(from, change.name());
            }
        }
    }

    /// One problem for each virtual server in a ring, by name.
    Map<String, Problem> problems() {
        Map<String, Problem> problems = new LinkedHashMap<>();
        for (String name : moves.keySet()) {
            List<String> ring = ring(name);
            if (!ring.isEmpty()) {
                problems.put(
                        name,
                        new Problem(
                                "spec.port",
                                "%s is still that of virtual server %s, and nodes move one after the other; move %s to a free port in an edit of its own, then repeat this one"
                                        .formatted(moves.get(name), ring.get(1), ring.getLast())));
            }
        }
        return problems;
    }

    /// The virtual servers that wait for each other, this one first and last; empty where one of
    /// them finds its address free.
    private List<String> ring(String first) {
        List<String> ring = new ArrayList<>(List.of(first));
        String next = leaving.get(moves.get(first));
        while (next != null && !ring.contains(next)) {
            ring.add(next);
            next = leaving.get(moves.get(next));
        }
        if (!first.equals(next)) {
            return List.of();
        }
        ring.add(first);
        return ring;
    }

    private static @Nullable String listener(@Nullable Resource<?> resource) {
        return resource != null
                        && resource.spec() instanceof VirtualServer server
                        && server.adminState() == VirtualServer.AdminState.ENABLED
                ? "port %d on %s".formatted(server.port(), server.address())
                : null;
    }
}
