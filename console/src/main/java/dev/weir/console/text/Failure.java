package dev.weir.console.text;

/// What is told of an exception.
public final class Failure {
    private Failure() {}

    /// Its message; its name where it has none.
    public static String words(Exception why) {
        String message = why.getMessage();
        return message == null ? why.toString() : message;
    }
}
