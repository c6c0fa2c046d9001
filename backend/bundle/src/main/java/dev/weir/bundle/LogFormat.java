package dev.weir.bundle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// One line for each record: time, level, logger, message, and the causes of a failure.
final class LogFormat extends Formatter {
    private static final String ROOT = "dev.weir.";
    private final boolean withFrames;

    /// @param withFrames whether a failure's own frames follow its causes, on the same line
    LogFormat(boolean withFrames) {
        this.withFrames = withFrames;
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(160);
        Instant time = record.getInstant().truncatedTo(ChronoUnit.MILLIS);
        line.append(time).append(' ').append(word(record.getLevel())).append(' ');
        line.append(logger(record.getLoggerName())).append(": ");
        line.append(oneLine(formatMessage(record)));
        Throwable thrown = record.getThrown();
        String joint = " | ";
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            line.append(joint).append(oneLine(cause.toString()));
            joint = " | because ";
        }
        if (withFrames && thrown != null) {
            for (StackTraceElement frame : thrown.getStackTrace()) {
                line.append(" | at ").append(frame);
            }
        }
        return line.append(System.lineSeparator()).toString();
    }

    private static String word(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }

    private static String logger(String name) {
        if (name == null) {
            return "-";
        }
        return name.startsWith(ROOT)
                ? name.substring(ROOT.length())
                : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String oneLine(String text) {
        return text.replace("\r", "").replace("\n", " / ");
    }
}
