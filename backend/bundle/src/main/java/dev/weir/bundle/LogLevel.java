package dev.weir.bundle;

import java.util.logging.Level;

/// The least severe records that are kept.
enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR;

    Level level() {
        return switch (this) {
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARN -> Level.WARNING;
            case ERROR -> Level.SEVERE;
        };
    }
}
