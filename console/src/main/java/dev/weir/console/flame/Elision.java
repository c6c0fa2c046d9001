package dev.weir.console.flame;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// Shortens names to a width, without laying out text for each try.
///
/// Measures each letter once; belongs to the user interface's thread.
final class Elision {
    private static final int MEASURED = 0x250;
    private static final String ELLIPSIS = "…";

    /// Fewer letters tell nothing.
    private static final int FEWEST = 3;

    private final Font font;
    private final double[] widths = new double[MEASURED];
    private final double wide;
    private final double ellipsis;

    Elision(Font font) {
        this.font = font;
        this.wide = measure("国");
        this.ellipsis = measure(ELLIPSIS);
    }

    Font font() {
        return font;
    }

    double width(String text) {
        double width = 0;
        for (int i = 0; i < text.length(); i++) {
            width += width(text.charAt(i));
        }
        return width;
    }

    /// The whole name if it fits, else without what leads to its last part, else its beginning;
    /// empty when nothing fits.
    String fit(String name, double room) {
        if (width(name) <= room) {
            return name;
        }
        String last = lastPart(name);
        if (width(last) <= room) {
            return last;
        }
        double left = room - ellipsis;
        int end = 0;
        while (end < last.length() && left >= width(last.charAt(end))) {
            left -= width(last.charAt(end++));
        }
        return end < FEWEST ? "" : last.substring(0, end) + ELLIPSIS;
    }

    /// `(*conn).serve` of `net/http.(*conn).serve`, `HashMap.put` of `java.util.HashMap.put`.
    static String lastPart(String name) {
        int end = name.length();
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '(' || c == '[' || c == '<' || c == ' ') {
                end = i;
                break;
            }
        }
        if (end < name.length() && name.charAt(end) == '(' && name.charAt(end - 1) == '.') {
            return name.substring(end);
        }
        int slash = name.lastIndexOf('/', end - 1);
        int from = slash + 1;
        int dot = name.lastIndexOf('.', end - 1);
        int before = dot <= from ? -1 : name.lastIndexOf('.', dot - 1);
        if (before >= from) {
            return name.substring(before + 1);
        }
        return name.substring(from);
    }

    private double width(char c) {
        if (c >= MEASURED) {
            return wide;
        }
        if (widths[c] == 0) {
            widths[c] = Math.max(0.5, measure(String.valueOf(c)));
        }
        return widths[c];
    }

    private double measure(String text) {
        Text probe = new Text(text);
        probe.setFont(font);
        return probe.getLayoutBounds().getWidth();
    }
}
