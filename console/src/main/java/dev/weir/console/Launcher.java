package dev.weir.console;

import javafx.application.Application;

import java.util.List;

/// Starts the console from the class path, where JavaFX refuses a main class that is an
/// application.
public final class Launcher {
    private Launcher() {}

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (words.contains("--help")) {
            System.out.print(ConsoleArguments.USAGE);
            return;
        }
        try {
            ConsoleArguments.parse(words);
        } catch (IllegalArgumentException wrong) {
            System.err.println("console: " + wrong.getMessage());
            System.exit(2);
        }
        Application.launch(ConsoleApplication.class, arguments);
    }
}
