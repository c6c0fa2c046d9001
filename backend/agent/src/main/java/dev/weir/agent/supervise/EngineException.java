package dev.weir.agent.supervise;

import java.io.IOException;

/// A proxy engine that cannot be started.
public final class EngineException extends IOException {
    private static final long serialVersionUID = 1;

    /// Says what is wrong and what to do.
    public EngineException(String message) {
        super(message);
    }

    /// Says what is wrong and what to do, and what caused it.
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
