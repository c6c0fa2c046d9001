package dev.weir.console.text;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;

/// The texts and formats of one language; immutable.
public final class Messages {
    private static final String BUNDLE = "dev.weir.console.text.messages";

    private static final ResourceBundle.Control EXACTLY =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final ResourceBundle ENGLISH =
            ResourceBundle.getBundle(BUNDLE, Locale.ROOT, EXACTLY);

    private final Locale locale;
    private final ZoneId zone;
    private final ResourceBundle bundle;

    public Messages(Locale locale, ZoneId zone) {
        this.locale = locale;
        this.zone = zone;
        this.bundle = ResourceBundle.getBundle(BUNDLE, locale, EXACTLY);
    }

    public Locale locale() {
        return locale;
    }

    /// The text of a key with its places filled. Numbers that name something (ports, revisions) are
    /// given as text, so that they are not grouped.
    public String text(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }

    /// The word for a constant: the key is `word.` with the enum's and the constant's name.
    public String word(Enum<?> constant) {
        return bundle.getString(
                "word." + constant.getDeclaringClass().getSimpleName() + "." + constant.name());
    }

    /// The words of a text where the product itself says `english`, else `english` as it is: what
    /// operators declare is theirs.
    public String translated(String key, String english) {
        return bundle.containsKey(key) && ENGLISH.getString(key).equals(english)
                ? bundle.getString(key)
                : english;
    }

    /// A count, grouped by locale.
    public String count(long value) {
        return String.format(locale, "%,d", value);
    }

    /// A measured number: two decimals below 10, one below 100, none above.
    public String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(locale, "%,.0f", value);
        }
        return String.format(locale, size >= 10 ? "%,.1f" : "%,.2f", value);
    }

    /// A ratio from 0 to 1, in percent.
    public String percent(double ratio) {
        return number(ratio * 100) + " %";
    }

    /// A rate in the unit that fits: bit/s, kbit/s, Mbit/s or Gbit/s.
    public String bits(double perSecond) {
        if (perSecond < 1e3) {
            return number(Math.rint(perSecond)) + " bit/s";
        }
        if (perSecond < 1e6) {
            return number(perSecond / 1e3) + " kbit/s";
        }
        return perSecond < 1e9
                ? number(perSecond / 1e6) + " Mbit/s"
                : number(perSecond / 1e9) + " Gbit/s";
    }

    /// A number in at most five characters, for the edge of a chart: `1.5k`, `30M`.
    public String brief(double value) {
        if (value >= 1e9) {
            return trimmed(value / 1e9) + "G";
        }
        if (value >= 1e6) {
            return trimmed(value / 1e6) + "M";
        }
        return value >= 1e4 ? trimmed(value / 1e3) + "k" : trimmed(value);
    }

    private String trimmed(double value) {
        if (value == Math.rint(value)) {
            return String.format(locale, "%.0f", value);
        }
        return String.format(locale, value < 1 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    /// A number of bytes in the unit that fits: B, KiB, MiB or GiB.
    public String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return number(value) + " " + units[unit];
    }

    /// A point in time, day and time to the second.
    public String time(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(locale)
                .withZone(zone)
                .format(instant);
    }

    /// A day.
    public String day(Instant instant) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .withZone(zone)
                .format(instant);
    }

    /// The time of day to the second.
    public String clock(Instant instant) {
        return DateTimeFormatter.ofPattern("HH:mm:ss", locale).withZone(zone).format(instant);
    }

    /// A length of time in its greatest unit: seconds, minutes, hours or days.
    public String duration(Duration duration) {
        if (duration.toMinutes() < 1) {
            return duration.toMillis() < 10_000 && duration.toMillisPart() != 0
                    ? text("duration.seconds", number(duration.toMillis() / 1000.0))
                    : text("duration.seconds", count(duration.toSeconds()));
        }
        if (duration.toHours() < 1) {
            return text("duration.minutes", count(duration.toMinutes()));
        }
        return duration.toDays() < 2
                ? text("duration.hours", count(duration.toHours()))
                : text("duration.days", count(duration.toDays()));
    }
}
