package dev.weir.cli;

/// What was asked for was tried and did not come off; ends with exit code 1.
final class FailedException extends Exception {
    private static final long serialVersionUID = 1;

    FailedException(String message) {
        super(message);
    }
}
