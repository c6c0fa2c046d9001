package dev.weir.diagnoser;

import dev.weir.model.Operation;
import dev.weir.model.OperationSet;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What can be diagnosed before anybody has declared anything; put into an empty store.
public record DefaultOperations(List<Operation> operations, List<OperationSet> operationSets) {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String SECONDS = "10";

    public DefaultOperations {
        operations = List.copyOf(operations);
        operationSets = List.copyOf(operationSets);
    }

    /// `go-cpu`, `go-heap`, `go-goroutine`, `jvm-cpu`, `proxy-cpu`, `proxy-heap`, and the sets
    /// `go-profile`, `jvm-profile`, `proxy-profile`, `proxy-heap`. The Go ones need the parameter
    /// `url` of a diagnosis.
    public static DefaultOperations all() {
        return new DefaultOperations(
                List.of(
                        go("cpu", "CPU profile of a Go program"),
                        go("heap", "Live objects and allocations of a Go program"),
                        go("goroutine", "Stacks of the goroutines of a Go program"),
                        new Operation(
                                "jvm-cpu",
                                "JFR recording of a JVM: CPU samples, allocations, locks",
                                Operation.Type.JVM_PROFILE,
                                Map.of("pid", "self", "seconds", SECONDS),
                                TIMEOUT),
                        proxy("cpu", "CPU profile of the proxy in use; Envoy has none"),
                        proxy("heap", "What the proxy in use holds in memory")),
                List.of(
                        new OperationSet(
                                "go-profile",
                                "CPU, heap and goroutines of a Go program, side by side",
                                List.of(
                                        step("cpu", "go-cpu"),
                                        step("heap", "go-heap"),
                                        step("goroutine", "go-goroutine"))),
                        new OperationSet(
                                "jvm-profile",
                                "What a JVM does",
                                List.of(step("record", "jvm-cpu"))),
                        new OperationSet(
                                "proxy-profile",
                                "What the proxy does",
                                List.of(step("profile", "proxy-cpu"))),
                        new OperationSet(
                                "proxy-heap",
                                "What the proxy holds in memory",
                                List.of(step("profile", "proxy-heap")))));
    }

    private static Operation go(String profile, String description) {
        return new Operation(
                "go-" + profile,
                description,
                Operation.Type.GO_PROFILE,
                profile.equals("cpu")
                        ? Map.of("profile", profile, "seconds", SECONDS)
                        : Map.of("profile", profile),
                TIMEOUT);
    }

    private static Operation proxy(String profile, String description) {
        return new Operation(
                "proxy-" + profile,
                description,
                Operation.Type.PROXY_PROFILE,
                Map.of("profile", profile, "seconds", SECONDS),
                TIMEOUT);
    }

    private static OperationSet.Step step(String name, String operation) {
        return new OperationSet.Step(name, operation, List.of(), Map.of());
    }
}
