package dev.weir.cli;

/// The command line asks for something that makes no sense; ends with exit code 2.
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
