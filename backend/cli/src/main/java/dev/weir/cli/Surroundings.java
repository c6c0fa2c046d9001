package dev.weir.cli;

import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a command finds around it, so that tests can put something else there.
///
/// @param home of the user; contexts and the lab's data are below it
record Surroundings(
        Map<String, String> environment,
        Path home,
        InputStream input,
        Prompt prompt,
        Clock clock,
        Pause pause) {

    /// Asks the user at a terminal for something that nobody may see typed.
    @FunctionalInterface
    interface Prompt {
        /// Empty where there is no terminal.
        Optional<Secret> ask(String words);
    }

    /// Lets time pass.
    @FunctionalInterface
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /// A variable that is set and not empty, or null.
    @Nullable String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /// The bytes of a file, or of standard input where the name is `-`.
    byte[] read(String file) throws IOException {
        return file.equals("-") ? input.readAllBytes() : Files.readAllBytes(Path.of(file));
    }

    /// Where this user's lab writes its ready file.
    Path labReadyFile() {
        return home.resolve(".weir").resolve("lab").resolve("ready.json");
    }
}
