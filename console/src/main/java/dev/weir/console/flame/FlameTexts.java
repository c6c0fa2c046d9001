package dev.weir.console.flame;

import dev.weir.profile.FrameKind;
import dev.weir.profile.SampleType;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The words and numbers of the flame graph in one language; immutable.
final class FlameTexts {
    private static final String BUNDLE = "dev.weir.console.flame.flame";
    private static final String[] TIME_UNITS = {"ns", "µs", "ms", "s"};
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private final Locale locale;
    private final ResourceBundle bundle;

    FlameTexts(Locale locale) {
        this.locale = locale;
        this.bundle =
                ResourceBundle.getBundle(
                        BUNDLE,
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String text(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }

    /// The name of a frame; the root's is a word of the language.
    String name(FlameDetails details) {
        return details.node() == 0 ? text("frame.all") : details.name();
    }

    /// A sample type's name as its producer wrote it, with the unit in words.
    String sampleType(SampleType type) {
        String key = "unit." + type.unit();
        String unit = bundle.containsKey(key) ? bundle.getString(key) : type.unit();
        return type.name() + " · " + unit;
    }

    String kind(FrameKind kind) {
        return text("kind." + kind.name());
    }

    /// A value in the unit that fits: 1.25 s, 3.1 MiB, 12,345.
    String value(long value, String unit) {
        return switch (unit) {
            case "nanoseconds" -> scaled((double) value, 1000, TIME_UNITS);
            case "microseconds" -> scaled(value * 1e3, 1000, TIME_UNITS);
            case "milliseconds" -> scaled(value * 1e6, 1000, TIME_UNITS);
            case "bytes" -> scaled((double) value, 1024, BYTE_UNITS);
            default -> String.format(locale, "%,d", value);
        };
    }

    String count(long count) {
        return String.format(locale, "%,d", count);
    }

    /// A share from 0 to 1 in percent; what is more than nothing never reads as zero.
    String percent(double share) {
        double percent = share * 100;
        if (percent != 0 && Math.abs(percent) < 0.01) {
            return percent > 0 ? "< 0.01 %" : "> −0.01 %";
        }
        return decimal(percent) + " %";
    }

    /// A change of share in percentage points, with its sign.
    String change(double change) {
        return text("change.points", points(change));
    }

    /// The same without the unit.
    String points(double change) {
        double points = change * 100;
        String size = decimal(Math.abs(points));
        String sign = points > 0 ? "+" : points < 0 ? "−" : "±";
        return sign + size;
    }

    private String scaled(double value, int step, String[] units) {
        double rest = value;
        int unit = 0;
        while (Math.abs(rest) >= step && unit < units.length - 1) {
            rest /= step;
            unit++;
        }
        return (unit == 0 ? String.format(locale, "%,.0f", rest) : decimal(rest))
                + " "
                + units[unit];
    }

    private String decimal(double value) {
        double size = Math.abs(value);
        if (size >= 1000 || value == 0) {
            return String.format(locale, "%,.0f", value);
        }
        return String.format(locale, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
