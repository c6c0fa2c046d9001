package dev.weir.api;

import dev.weir.model.FailureReason;
import dev.weir.model.Kind;
import dev.weir.model.VirtualServer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How enums and durations are written in documents.
public final class Words {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h)");

    private Words() {}

    /// `roundRobin`; `HTTPS`, `TLSv1.2` and `ConnectionRefused` as their fields spell them.
    public static String of(Enum<?> constant) {
        return switch (constant) {
            case Kind kind -> kind.document();
            case FailureReason reason -> camel(reason.name(), true);
            case VirtualServer.Protocol protocol -> protocol.name();
            case VirtualServer.Tls.Version version ->
                    switch (version) {
                        case TLSV1_2 -> "TLSv1.2";
                        case TLSV1_3 -> "TLSv1.3";
                    };
            default -> camel(constant.name(), false);
        };
    }

    /// The constant that a word names, or empty.
    public static <E extends Enum<E>> Optional<E> parse(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(word)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    /// Every word of an enum, in the order of its constants.
    public static List<String> all(Class<? extends Enum<?>> type) {
        List<String> words = new ArrayList<>();
        for (Enum<?> constant : type.getEnumConstants()) {
            words.add(of(constant));
        }
        return words;
    }

    /// In the largest unit that says it exactly: `1h`, `90s`, `250ms`; parts of a millisecond are
    /// dropped.
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }

    /// Reads `250ms`, `5s`, `2m` or `1h`; empty where the text is none of these.
    public static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }

    private static String camel(String constant, boolean upperFirst) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
            boolean upper = upperFirst || !word.isEmpty();
            word.append(upper ? part.substring(0, 1).toUpperCase(Locale.ROOT) : part.charAt(0));
            word.append(part, 1, part.length());
        }
        return word.toString();
    }
}
