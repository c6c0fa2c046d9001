package dev.weir.agent.stats;

import dev.weir.model.Configuration;
import dev.weir.model.Resource;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;
import dev.weir.snmp.OperState;
import dev.weir.snmp.VirtualServerRow;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The declared virtual servers as rows of the MIB, each with the time its state last changed.
///
/// Owned by the thread that publishes.
final class Rows {
    private record Since(OperState state, long ticks) {}

    private Map<Integer, Since> states = Map.of();

    /// The rows in ascending order of their index.
    ///
    /// @param healthy healthy targets by index of the target group
    /// @param ticks `sysUpTime` now
    List<VirtualServerRow> of(
            Configuration configuration, Map<Integer, Long> healthy, boolean fresh, long ticks) {
        Map<Integer, Since> now = new HashMap<>();
        List<VirtualServerRow> rows = new ArrayList<>();
        for (Resource<VirtualServer> resource : configuration.virtualServers().values()) {
            Health health = Health.of(resource.spec(), configuration, healthy, fresh);
            int index = resource.metadata().index();
            Since before = states.get(index);
            Since since =
                    before != null && before.state == health.state()
                            ? before
                            : new Since(health.state(), ticks);
            now.put(index, since);
            rows.add(row(resource, configuration, health, since.ticks));
        }
        states = now;
        rows.sort(Comparator.comparingInt(VirtualServerRow::index));
        return rows;
    }

    private static VirtualServerRow row(
            Resource<VirtualServer> resource,
            Configuration configuration,
            Health health,
            long lastChange) {
        VirtualServer spec = resource.spec();
        return new VirtualServerRow(
                resource.metadata().index(),
                resource.name(),
                resource.metadata().id().toString(),
                switch (spec.protocol()) {
                    case HTTP -> VirtualServerRow.Type.HTTP;
                    case HTTPS -> VirtualServerRow.Type.HTTPS;
                },
                spec.address(),
                spec.port(),
                switch (spec.adminState()) {
                    case ENABLED -> VirtualServerRow.AdminState.ENABLED;
                    case DISABLED -> VirtualServerRow.AdminState.DISABLED;
                },
                health.state(),
                health.reason(),
                lastChange,
                targetGroup(configuration, spec.defaultTargetGroup()),
                health.targets(),
                Long.toString(resource.metadata().revision()));
    }

    private static int targetGroup(Configuration configuration, @Nullable String name) {
        Resource<TargetGroup> group = name == null ? null : configuration.targetGroups().get(name);
        return group == null ? 0 : group.metadata().index();
    }
}
