package dev.weir.diagnoser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Operation;
import dev.weir.model.OperationSet;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What comes with Weir is valid by Weir's own rules.
final class DefaultOperationsTest {

    @Test
    void holdsNothingThatWouldBeRefused() {
        Map<String, Operation> operations =
                DefaultOperations.all().operations().stream()
                        .collect(Collectors.toMap(Operation::name, Function.identity()));
        assertThat(operations.values())
                .allSatisfy(operation -> assertThat(operation.problems()).isEmpty());
        assertThat(DefaultOperations.all().operationSets())
                .allSatisfy(set -> assertThat(set.problems(operations)).isEmpty());
        assertThat(DefaultOperations.all().operationSets())
                .extracting(OperationSet::name)
                .contains("go-profile", "jvm-profile", "proxy-profile");
    }
}
