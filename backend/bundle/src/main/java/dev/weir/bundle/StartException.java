package dev.weir.bundle;

/// A process could not start; its message is the one line that the user needs.
final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    StartException(String line) {
        super(line);
    }

    StartException(String line, Throwable cause) {
        super(line, cause);
    }
}
