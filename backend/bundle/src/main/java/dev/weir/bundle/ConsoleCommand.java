package dev.weir.bundle;

import dev.weir.console.Launcher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `weir console`; the console reads its own arguments.
@Command(name = "console", description = "Opens the console.")
final class ConsoleCommand implements Runnable {
    @Parameters(paramLabel = "ARGUMENT", description = "See 'weir console --help'.")
    private List<String> arguments = List.of();

    @Override
    public void run() {
        Launcher.main(arguments.toArray(String[]::new));
    }
}
