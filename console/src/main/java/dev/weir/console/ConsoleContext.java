package dev.weir.console;

import dev.weir.console.connect.TokenStore;
import dev.weir.console.dashboard.StatisticsFactory;
import dev.weir.console.session.SessionFactory;
import dev.weir.console.task.Background;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;

/// The world around the console: everything that a test replaces.
///
/// @param tokens asked for the token store once it is needed, away from the user interface
/// @param clock gives the time and the zone of what is shown
/// @param settingsDirectory where the console keeps what it remembers
/// @param readyFile where a local lab says that it is ready
public record ConsoleContext(
        SessionFactory sessions,
        StatisticsFactory statistics,
        Callable<TokenStore> tokens,
        Clock clock,
        Background background,
        Path settingsDirectory,
        Path readyFile) {}
