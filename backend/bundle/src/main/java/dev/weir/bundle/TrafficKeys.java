package dev.weir.bundle;

import dev.weir.api.LabTraffic;
import dev.weir.api.TrafficLevel;
import dev.weir.api.Words;

import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/// Lets whoever sits at the terminal turn the lab's traffic up and off, until the process ends.
final class TrafficKeys {
    private final DemoTraffic traffic;
    private final @Nullable Console console;
    private final PrintWriter out;

    TrafficKeys(DemoTraffic traffic, @Nullable Console console, PrintWriter out) {
        this.traffic = traffic;
        this.console = console;
        this.out = out;
    }

    /// Reads lines from a terminal; without one it only waits for the end of the process.
    void run() throws InterruptedException {
        if (console != null && console.isTerminal()) {
            out.println(
                    "Traffic is "
                            + Words.of(traffic.level())
                            + "; o, g or h and Enter: off, gentle, heavy");
            out.flush();
            for (String line = console.readLine(); line != null; line = console.readLine()) {
                obey(line.strip());
            }
        }
        new CountDownLatch(1).await();
    }

    private void obey(String line) {
        switch (line) {
            case "o", "off" -> traffic.level(TrafficLevel.OFF);
            case "g", "gentle" -> traffic.level(TrafficLevel.GENTLE);
            case "h", "heavy" -> traffic.level(TrafficLevel.HEAVY);
            default -> {}
        }
        LabTraffic now = traffic.state();
        out.println(
                "Traffic is %s; %d answered, %d failed so far"
                        .formatted(Words.of(now.level()), now.answered(), now.failed()));
        out.flush();
    }
}
