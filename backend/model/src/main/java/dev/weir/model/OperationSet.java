package dev.weir.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A pipeline of operations: steps, each after the steps it names, otherwise side by side.
public record OperationSet(String name, String description, List<Step> steps) {
    private static final int MAX_STEPS = 100;

    /// One step of the pipeline.
    ///
    /// @param operation the name of an operation
    /// @param after names of steps that must have succeeded before this one begins
    /// @param parameters override the operation's defaults
    public record Step(
            String name, String operation, List<String> after, Map<String, String> parameters) {
        public Step {
            after = after == null ? List.of() : List.copyOf(after);
            parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        }
    }

    public OperationSet {
        description = description == null ? "" : description;
        steps = steps == null ? List.of() : List.copyOf(steps);
    }

    /// Every problem: unknown operations and steps, duplicates, cycles, bad parameters.
    ///
    /// @param operations those that exist, by name
    public List<Problem> problems(Map<String, Operation> operations) {
        Problems problems =
                new Problems()
                        .under("", Names.problems("name", name == null ? "" : name))
                        .range("steps", steps.size(), 1, MAX_STEPS);
        Map<String, Step> byName = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String path = "steps[" + i + "]";
            problems.under(path, Names.problems("name", step.name() == null ? "" : step.name()));
            problems.require(
                    byName.put(step.name(), step) == null,
                    path + ".name",
                    "must be unique, '" + step.name() + "' is used twice");
            Operation operation = operations.get(step.operation());
            if (operation == null) {
                String hint =
                        Names.nearest(
                                        step.operation() == null ? "" : step.operation(),
                                        operations.keySet())
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse("");
                problems.require(
                        false,
                        path + ".operation",
                        "operation '" + step.operation() + "' does not exist" + hint);
            } else {
                problems.under(
                        path + ".parameters",
                        Parameters.problems(operation.type(), step.parameters()));
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            for (String before : steps.get(i).after()) {
                problems.require(
                        byName.containsKey(before),
                        "steps[" + i + "].after",
                        "step '" + before + "' does not exist");
            }
        }
        return problems.require(
                        !hasCycle(byName), "steps", "must not wait for each other in a circle")
                .list();
    }

    /// Takes away steps whose predecessors are all gone until none is left, or none can go.
    private boolean hasCycle(Map<String, Step> byName) {
        Map<String, Step> left = new HashMap<>(byName);
        boolean moved = true;
        while (moved) {
            moved =
                    left.values()
                            .removeIf(step -> step.after().stream().noneMatch(left::containsKey));
        }
        return !left.isEmpty();
    }
}
