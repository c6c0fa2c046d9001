package dev.weir.agent.operation;

import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;

/// An operation ended without its result, for a reason with a stable name.
public final class OperationFailedException extends Exception {
    private final FailureReason reason;

    /// @param message what failed, which object, the value, and what to do
    public OperationFailedException(FailureReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public FailureReason reason() {
        return reason;
    }

    Diagnosis.Failure failure() {
        return new Diagnosis.Failure(reason, String.valueOf(getMessage()));
    }
}
