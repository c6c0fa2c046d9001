package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Servers that do the same work, how one of them is chosen, and how their health is known.
///
/// @param healthMonitor absent means every enabled target counts as healthy
/// @param connectTimeout 1 ms to 5 min; 5 s where absent
public record TargetGroup(
        Algorithm algorithm,
        @Nullable HealthMonitor healthMonitor,
        Duration connectTimeout,
        List<Target> targets)
        implements Spec {
    private static final int MAX_TARGETS = 10_000;

    /// How a target is chosen; both heed the targets' weights.
    public enum Algorithm {
        ROUND_ROBIN,
        LEAST_CONNECTIONS
    }

    public TargetGroup {
        algorithm = algorithm == null ? Algorithm.ROUND_ROBIN : algorithm;
        connectTimeout = connectTimeout == null ? Duration.ofSeconds(5) : connectTimeout;
        targets = targets == null ? List.of() : List.copyOf(targets);
    }

    @Override
    public Kind kind() {
        return Kind.TARGET_GROUP;
    }

    /// The same group with one target changed; unchanged where no target has that name.
    public TargetGroup withTarget(String name, UnaryOperator<Target> change) {
        List<Target> changed = new ArrayList<>(targets);
        changed.replaceAll(target -> target.name().equals(name) ? change.apply(target) : target);
        return new TargetGroup(algorithm, healthMonitor, connectTimeout, changed);
    }

    @Override
    public List<Problem> problems() {
        Problems problems =
                new Problems()
                        .range("connectTimeout", connectTimeout.toMillis(), 1, 300_000)
                        .require(
                                targets.size() <= MAX_TARGETS,
                                "targets",
                                "must be at most " + MAX_TARGETS + ", are " + targets.size());
        if (healthMonitor != null) {
            problems.under("healthMonitor", healthMonitor.problems());
        }
        Set<String> names = new HashSet<>();
        Set<String> endpoints = new HashSet<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            problems.under("targets[" + i + "]", target.problems());
            problems.require(
                    names.add(target.name()),
                    "targets[" + i + "].name",
                    "must be unique, '" + target.name() + "' is used twice");
            problems.require(
                    endpoints.add(target.address() + " " + target.port()),
                    "targets[" + i + "].address",
                    "must be unique with its port, "
                            + target.address()
                            + ":"
                            + target.port()
                            + " is used twice");
        }
        return problems.list();
    }
}
