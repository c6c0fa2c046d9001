package dev.weir.console.targetgroup;

import dev.weir.console.editing.FormCodec;
import dev.weir.console.editing.Numbers;
import dev.weir.model.Draft;
import dev.weir.model.HealthMonitor;
import dev.weir.model.Resource;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the fields of a target group hold; immutable.
///
/// @param connectTimeout milliseconds
/// @param monitor null where every enabled target counts as healthy
public record GroupForm(
        String name,
        String description,
        TargetGroup.Algorithm algorithm,
        String connectTimeout,
        @Nullable MonitorForm monitor,
        List<TargetForm> targets) {

    /// A target group that does not exist yet.
    public static final GroupForm BLANK =
            new GroupForm(
                    "",
                    "",
                    TargetGroup.Algorithm.ROUND_ROBIN,
                    "5000",
                    MonitorForm.BLANK,
                    List.of());

    /// Between resources and forms.
    public static final FormCodec<GroupForm> CODEC =
            new FormCodec<>() {
                @Override
                public GroupForm form(Resource<?> resource) {
                    return of(resource);
                }

                @Override
                public Reading read(GroupForm form, Map<String, String> labels) {
                    return form.read(labels);
                }
            };

    /// One target as typed.
    public record TargetForm(
            String name, String address, String port, String weight, Target.AdminState state) {
        TargetForm withName(String text) {
            return new TargetForm(text, address, port, weight, state);
        }

        TargetForm withAddress(String text) {
            return new TargetForm(name, text, port, weight, state);
        }

        TargetForm withPort(String text) {
            return new TargetForm(name, address, text, weight, state);
        }

        TargetForm withWeight(String text) {
            return new TargetForm(name, address, port, text, state);
        }

        TargetForm withState(Target.AdminState choice) {
            return new TargetForm(name, address, port, weight, choice);
        }
    }

    /// A health monitor as typed; times in milliseconds, statuses as in `200-299, 304`.
    ///
    /// @param host empty sends the target's address
    public record MonitorForm(
            String path,
            String host,
            String interval,
            String timeout,
            String healthy,
            String unhealthy,
            String statuses) {
        static final MonitorForm BLANK =
                new MonitorForm("/", "", "5000", "2000", "2", "3", "200-299");

        MonitorForm withPath(String text) {
            return new MonitorForm(text, host, interval, timeout, healthy, unhealthy, statuses);
        }

        MonitorForm withHost(String text) {
            return new MonitorForm(path, text, interval, timeout, healthy, unhealthy, statuses);
        }

        MonitorForm withInterval(String text) {
            return new MonitorForm(path, host, text, timeout, healthy, unhealthy, statuses);
        }

        MonitorForm withTimeout(String text) {
            return new MonitorForm(path, host, interval, text, healthy, unhealthy, statuses);
        }

        MonitorForm withHealthy(String text) {
            return new MonitorForm(path, host, interval, timeout, text, unhealthy, statuses);
        }

        MonitorForm withUnhealthy(String text) {
            return new MonitorForm(path, host, interval, timeout, healthy, text, statuses);
        }

        MonitorForm withStatuses(String text) {
            return new MonitorForm(path, host, interval, timeout, healthy, unhealthy, text);
        }

        private static MonitorForm of(HealthMonitor monitor) {
            List<String> ranges =
                    monitor.expectedStatuses().stream()
                            .map(it ->
                                    it.from() == it.to()
                                            ? Integer.toString(it.from())
                                            : it.from() + "-" + it.to())
                            .toList();
            return new MonitorForm(
                    monitor.path(),
                    monitor.host() == null ? "" : monitor.host(),
                    Long.toString(monitor.interval().toMillis()),
                    Long.toString(monitor.timeout().toMillis()),
                    monitor.healthyThreshold().toString(),
                    monitor.unhealthyThreshold().toString(),
                    String.join(", ", ranges));
        }

        private HealthMonitor read(Numbers numbers) {
            String at = "spec.healthMonitor.";
            List<HealthMonitor.StatusRange> ranges = new ArrayList<>();
            List<String> words = words(statuses);
            for (int i = 0; i < words.size(); i++) {
                String[] ends = words.get(i).split("-", 2);
                String path = at + "expectedStatuses[" + i + "]";
                ranges.add(
                        new HealthMonitor.StatusRange(
                                numbers.whole(ends[0], path, 200),
                                numbers.whole(ends[ends.length - 1], path, 200)));
            }
            return new HealthMonitor(
                    path.strip(),
                    host.isBlank() ? null : host.strip(),
                    Duration.ofMillis(numbers.whole(interval, at + "interval", 5000)),
                    Duration.ofMillis(numbers.whole(timeout, at + "timeout", 1000)),
                    numbers.whole(healthy, at + "healthyThreshold", 2),
                    numbers.whole(unhealthy, at + "unhealthyThreshold", 3),
                    ranges);
        }

        private static List<String> words(String text) {
            return List.of(text.split("[,\\s]+")).stream().filter(it -> !it.isEmpty()).toList();
        }
    }

    public GroupForm {
        targets = List.copyOf(targets);
    }

    private static GroupForm of(Resource<?> resource) {
        TargetGroup spec = (TargetGroup) resource.spec();
        HealthMonitor monitor = spec.healthMonitor();
        return new GroupForm(
                resource.name(),
                resource.description(),
                spec.algorithm(),
                Long.toString(spec.connectTimeout().toMillis()),
                monitor == null ? null : MonitorForm.of(monitor),
                spec.targets().stream()
                        .map(it ->
                                new TargetForm(
                                        it.name(),
                                        it.address(),
                                        Integer.toString(it.port()),
                                        it.weight().toString(),
                                        it.adminState()))
                        .toList());
    }

    private FormCodec.Reading read(Map<String, String> labels) {
        Numbers numbers = new Numbers();
        List<Target> read = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            TargetForm target = targets.get(i);
            String at = "spec.targets[" + i + "].";
            read.add(
                    new Target(
                            target.name().strip(),
                            target.address().strip(),
                            numbers.whole(target.port(), at + "port", 1),
                            numbers.whole(target.weight(), at + "weight", 1),
                            target.state()));
        }
        TargetGroup spec =
                new TargetGroup(
                        algorithm,
                        monitor == null ? null : monitor.read(numbers),
                        Duration.ofMillis(
                                numbers.whole(connectTimeout, "spec.connectTimeout", 5000)),
                        read);
        return new FormCodec.Reading(
                new Draft<>(name.strip(), description, labels, spec), numbers.problems());
    }

    GroupForm withName(String text) {
        return new GroupForm(text, description, algorithm, connectTimeout, monitor, targets);
    }

    GroupForm withDescription(String text) {
        return new GroupForm(name, text, algorithm, connectTimeout, monitor, targets);
    }

    GroupForm withAlgorithm(TargetGroup.Algorithm choice) {
        return new GroupForm(name, description, choice, connectTimeout, monitor, targets);
    }

    GroupForm withConnectTimeout(String text) {
        return new GroupForm(name, description, algorithm, text, monitor, targets);
    }

    GroupForm withMonitor(@Nullable MonitorForm choice) {
        return new GroupForm(name, description, algorithm, connectTimeout, choice, targets);
    }

    GroupForm withTargets(List<TargetForm> list) {
        return new GroupForm(name, description, algorithm, connectTimeout, monitor, list);
    }

    /// With one target in place of that at `index`; unchanged where there is none.
    GroupForm withTarget(int index, TargetForm target) {
        if (index >= targets.size()) {
            return this;
        }
        List<TargetForm> list = new ArrayList<>(targets);
        list.set(index, target);
        return withTargets(list);
    }
}
