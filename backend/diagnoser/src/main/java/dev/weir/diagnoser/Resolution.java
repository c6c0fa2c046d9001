package dev.weir.diagnoser;

import dev.weir.model.Configuration;
import dev.weir.model.Diagnosis;
import dev.weir.model.DiagnosisStore;
import dev.weir.model.InvalidException;
import dev.weir.model.Names;
import dev.weir.model.Node;
import dev.weir.model.Operation;
import dev.weir.model.OperationSet;
import dev.weir.model.Parameters;
import dev.weir.model.Problem;
import dev.weir.model.Problems;
import dev.weir.model.Resource;
import dev.weir.model.RevisionSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns a spec into the steps of a run, or says everything that is wrong with it.
///
/// @param store where operations, sets and credentials come from
/// @param revisions where clusters and nodes come from
record Resolution(DiagnosisStore store, RevisionSource revisions) {
    private static final int MAX_REASON = 1000;

    /// What a profile over time needs beyond its seconds: to connect, to send, to be stored.
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /// The steps, waiting.
    ///
    /// @throws InvalidException with every problem, paths from the top of the spec
    List<Diagnosis.Step> steps(Diagnosis.Spec spec) throws InvalidException {
        Problems problems = new Problems();
        judgePlace(spec, problems);
        problems.require(
                spec.credential() == null || store.credential(spec.credential()).isPresent(),
                "credential",
                "credential '%s' does not exist; create it or leave it out"
                        .formatted(spec.credential()));
        problems.require(
                spec.reason().length() <= MAX_REASON,
                "reason",
                "must be at most %d characters, is %d"
                        .formatted(MAX_REASON, spec.reason().length()));
        List<Diagnosis.Step> steps = resolved(spec, problems);
        if (!problems.list().isEmpty()) {
            throw new InvalidException("diagnosis", problems.list());
        }
        return steps;
    }

    private void judgePlace(Diagnosis.Spec spec, Problems problems) {
        Configuration configuration = revisions.current(spec.cluster()).orElse(null);
        if (configuration == null) {
            unknown(problems, "cluster", "cluster", spec.cluster(), revisions.clusters());
            return;
        }
        Resource<Node> node = configuration.nodes().get(spec.node());
        if (node == null) {
            unknown(problems, "node", "node", spec.node(), configuration.nodes().keySet());
        } else {
            problems.require(
                    node.spec().agent() != null,
                    "node",
                    "node '%s' has no agent yet; join it first".formatted(spec.node()));
        }
        String virtualServer = spec.virtualServer();
        if (virtualServer != null && !configuration.virtualServers().containsKey(virtualServer)) {
            unknown(
                    problems,
                    "virtualServer",
                    "virtual server",
                    virtualServer,
                    configuration.virtualServers().keySet());
        }
    }

    private List<Diagnosis.Step> resolved(Diagnosis.Spec spec, Problems problems) {
        Map<String, OperationSet> sets = store.operationSets();
        OperationSet set = sets.get(spec.operationSet());
        if (set == null) {
            unknown(problems, "operationSet", "operation set", spec.operationSet(), sets.keySet());
            return List.of();
        }
        Map<String, Operation> operations = store.operations();
        List<Problem> ofSet = set.problems(operations);
        if (!ofSet.isEmpty()) {
            problems.under("operationSet", ofSet);
            return List.of();
        }
        List<Operation.Type> types =
                set.steps().stream().map(step -> operation(operations, step).type()).toList();
        judgeParameters(spec.parameters(), types, problems);
        List<Diagnosis.Step> steps = new ArrayList<>();
        for (OperationSet.Step step : set.steps()) {
            Operation operation = operation(operations, step);
            Map<String, String> merged = merged(operation, step, spec.parameters());
            for (String required : required(operation.type())) {
                problems.require(
                        merged.containsKey(required),
                        "parameters." + required,
                        "is required by step '%s'".formatted(step.name()));
            }
            steps.add(waiting(step, operation, merged));
        }
        return steps;
    }

    private static Operation operation(Map<String, Operation> operations, OperationSet.Step step) {
        Operation operation = operations.get(step.operation());
        if (operation == null) {
            throw new IllegalStateException(
                    "step " + step.name() + ": its operation was judged to exist");
        }
        return operation;
    }

    /// A parameter goes to the steps whose type knows it; one that no step knows is refused.
    private static void judgeParameters(
            Map<String, String> parameters, List<Operation.Type> types, Problems problems) {
        Set<String> known = new LinkedHashSet<>();
        types.forEach(type -> known.addAll(type.parameters()));
        Set<Problem> found = new LinkedHashSet<>();
        parameters.forEach((key, value) -> {
            if (!known.contains(key)) {
                String hint =
                        Names.nearest(key, known)
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse("; known are " + String.join(", ", known));
                found.add(new Problem(key, "no step has this parameter" + hint));
            }
            for (Operation.Type type : types) {
                if (type.parameters().contains(key)) {
                    found.addAll(Parameters.problems(type, Map.of(key, value)));
                }
            }
        });
        problems.under("parameters", found);
    }

    private static Map<String, String> merged(
            Operation operation, OperationSet.Step step, Map<String, String> parameters) {
        Map<String, String> merged = new HashMap<>(operation.parameters());
        merged.putAll(step.parameters());
        parameters.forEach((key, value) -> {
            if (operation.type().parameters().contains(key)) {
                merged.put(key, value);
            }
        });
        return merged;
    }

    private static List<String> required(Operation.Type type) {
        return switch (type) {
            case GO_PROFILE -> List.of("url", "profile");
            case JVM_PROFILE, PROXY_PROFILE -> List.of();
        };
    }

    private static Diagnosis.Step waiting(
            OperationSet.Step step, Operation operation, Map<String, String> parameters) {
        Operation complete =
                new Operation(
                        operation.name(),
                        operation.description(),
                        operation.type(),
                        parameters,
                        timeout(operation.timeout(), parameters.get("seconds")));
        return new Diagnosis.Step(
                step.name(),
                complete,
                step.after(),
                Diagnosis.StepState.WAITING,
                "",
                0,
                null,
                null,
                null,
                List.of());
    }

    /// A timeout that the asked duration alone would exceed is of no use to anybody.
    private static Duration timeout(
            Duration declared, @org.jspecify.annotations.Nullable String seconds) {
        if (seconds == null || !seconds.matches("\\d{1,3}")) {
            return declared;
        }
        Duration needed = Duration.ofSeconds(Integer.parseInt(seconds)).plus(MARGIN);
        return declared.compareTo(needed) < 0 ? needed : declared;
    }

    private static void unknown(
            Problems problems, String path, String kind, String name, Collection<String> known) {
        String hint =
                Names.nearest(name, known).map(near -> "; did you mean '" + near + "'?").orElse("");
        problems.require(false, path, "%s '%s' does not exist%s".formatted(kind, name, hint));
    }
}
