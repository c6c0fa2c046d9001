package dev.weir.agent.stats;

import dev.weir.model.Configuration;
import dev.weir.model.Resource;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteRule;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;
import dev.weir.snmp.OperState;
import dev.weir.snmp.VirtualServerRow;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Whether a virtual server is able to serve, and why not.
///
/// Targets that the operator drains or takes offline are no fault; those that fail their health
/// monitor are.
record Health(OperState state, String reason, VirtualServerRow.Targets targets) {

    /// Judges one virtual server.
    ///
    /// @param healthy healthy targets by index of the target group, as the engine says
    /// @param fresh whether the engine was heard of within three intervals
    static Health of(
            VirtualServer virtualServer,
            Configuration configuration,
            Map<Integer, Long> healthy,
            boolean fresh) {
        Health worst = new Health(OperState.UP, "", new VirtualServerRow.Targets(0, 0));
        for (String name : targetGroups(virtualServer)) {
            Resource<TargetGroup> group = configuration.targetGroups().get(name);
            if (group != null) {
                worst = worst.and(of(group, healthy.get(group.metadata().index())));
            }
        }
        if (virtualServer.adminState() == VirtualServer.AdminState.DISABLED) {
            return worst.told(OperState.DISABLED, "switched off by the operator");
        }
        if (!fresh) {
            return worst.told(OperState.UNKNOWN, "the proxy does not answer");
        }
        return worst;
    }

    private static Health of(Resource<TargetGroup> group, @Nullable Long reported) {
        long wanted =
                group.spec().targets().stream()
                        .filter(target -> target.adminState() == Target.AdminState.ENABLED)
                        .count();
        long total =
                group.spec().targets().stream()
                        .filter(target -> target.adminState() != Target.AdminState.OFFLINE)
                        .count();
        boolean watched = group.spec().healthMonitor() != null;
        long healthy = watched ? (reported == null ? 0 : Math.min(reported, wanted)) : wanted;
        VirtualServerRow.Targets targets = new VirtualServerRow.Targets(healthy, total);
        String reason =
                "target group %s: %d of %d targets healthy"
                        .formatted(group.name(), healthy, wanted);
        if (watched && reported == null && wanted > 0) {
            return new Health(
                    OperState.UNKNOWN,
                    "target group " + group.name() + ": the proxy has not checked it yet",
                    targets);
        }
        if (healthy == 0) {
            return new Health(OperState.DOWN, reason, targets);
        }
        return healthy < wanted
                ? new Health(OperState.DEGRADED, reason, targets)
                : new Health(OperState.UP, "", targets);
    }

    private Health told(OperState newState, String newReason) {
        return new Health(newState, newReason, targets);
    }

    private Health and(Health other) {
        Health worse = severity(other.state) > severity(state) ? other : this;
        return new Health(
                worse.state,
                worse.reason,
                new VirtualServerRow.Targets(
                        targets.healthy() + other.targets.healthy(),
                        targets.total() + other.targets.total()));
    }

    private static int severity(OperState state) {
        return switch (state) {
            case UP -> 0;
            case UNKNOWN -> 1;
            case DEGRADED -> 2;
            case DOWN -> 3;
            case DISABLED -> 4;
        };
    }

    private static Set<String> targetGroups(VirtualServer virtualServer) {
        Set<String> names = new TreeSet<>();
        for (RouteRule rule : virtualServer.rules()) {
            if (rule.action() instanceof RouteAction.Forward(var groups)) {
                groups.stream()
                        .filter(weighted -> weighted.weight() > 0)
                        .forEach(weighted -> names.add(weighted.targetGroup()));
            }
        }
        if (virtualServer.defaultTargetGroup() != null) {
            names.add(virtualServer.defaultTargetGroup());
        }
        return names;
    }
}
