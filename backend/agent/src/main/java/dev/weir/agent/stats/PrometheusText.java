package dev.weir.agent.stats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the Prometheus text format (exposition format 0.0.4) from a stream, line by line, without
/// making an object for a line.
///
/// A line that is too long or makes no sense is passed over and counted; the rest is read. Confined
/// to one thread. Exempt from style limits: a scrape of 5,000 virtual servers is read each second.
final class PrometheusText {
    private static final int MAX_LINE = 16 * 1024;
    private static final int BUFFER = 64 * 1024;

    /// Hears of every sample.
    interface Sink {
        void sample(Line line);
    }

    private final Line line = new Line();
    private long malformed;

    /// Lines that made no sense so far.
    long malformed() {
        return malformed;
    }

    /// Reads to the end of the stream.
    ///
    /// @param maxBytes where a longer stream is given up, with an exception
    void read(InputStream stream, long maxBytes, Sink sink) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int filled = 0;
        long total = 0;
        boolean skipping = false;
        while (true) {
            int read = stream.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                break;
            }
            total += read;
            if (total > maxBytes) {
                throw new IOException(
                        "metrics: longer than "
                                + maxBytes
                                + " bytes; raise the limit or the filter");
            }
            filled += read;
            int start = 0;
            for (int i = filled - read; i < filled; i++) {
                if (buffer[i] == '\n') {
                    if (!skipping) {
                        take(buffer, start, i, sink);
                    }
                    skipping = false;
                    start = i + 1;
                }
            }
            if (filled - start > MAX_LINE) {
                malformed += skipping ? 0 : 1;
                skipping = true;
                start = filled;
            }
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
        }
        if (!skipping) {
            take(buffer, 0, filled, sink);
        }
    }

    private void take(byte[] buffer, int start, int end, Sink sink) {
        int last = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
        if (last == start || buffer[start] == '#') {
            return;
        }
        if (last - start <= MAX_LINE && line.parse(buffer, start, last)) {
            sink.sample(line);
        } else {
            malformed++;
        }
    }

    /// One sample; valid only during the call that hands it over.
    static final class Line {
        private static final int MAX_LABELS = 16;

        private byte[] bytes = new byte[0];
        private int nameStart;
        private int nameEnd;
        private final int[] labels = new int[MAX_LABELS * 4];
        private int labelCount;
        private int valueStart;
        private int valueEnd;

        /// Whether the metric has exactly this name.
        boolean named(byte[] name) {
            return Arrays.equals(bytes, nameStart, nameEnd, name, 0, name.length);
        }

        /// A hash of the metric's name, as [#hash(byte[])].
        int nameHash() {
            return hash(bytes, nameStart, nameEnd);
        }

        static int hash(byte[] name) {
            return hash(name, 0, name.length);
        }

        private static int hash(byte[] bytes, int from, int to) {
            int hash = 1;
            for (int i = from; i < to; i++) {
                hash = 31 * hash + bytes[i];
            }
            return hash;
        }

        /// The number after `prefix` in a label's value, such as 7 in `vs_7`; -1 where it is not
        /// so.
        int numberedLabel(byte[] label, byte[] prefix) {
            int at = find(label);
            if (at < 0) {
                return -1;
            }
            int start = labels[at + 2];
            int end = labels[at + 3];
            int digits = start + prefix.length;
            if (end - digits < 1
                    || end - digits > 9
                    || !Arrays.equals(bytes, start, digits, prefix, 0, prefix.length)) {
                return -1;
            }
            int number = 0;
            for (int i = digits; i < end; i++) {
                int digit = bytes[i] - '0';
                if (digit < 0 || digit > 9) {
                    return -1;
                }
                number = number * 10 + digit;
            }
            return number;
        }

        /// A label's value as a number; NaN where it is absent or none.
        double numericLabel(byte[] label) {
            int at = find(label);
            return at < 0 ? Double.NaN : number(labels[at + 2], labels[at + 3]);
        }

        /// The value as an unsigned 64-bit number; 0 for what is negative or no number.
        long unsigned() {
            long value = 0;
            for (int i = valueStart; i < valueEnd; i++) {
                int digit = bytes[i] - '0';
                if (digit < 0 || digit > 9 || valueEnd - valueStart > 20) {
                    return rounded(number(valueStart, valueEnd));
                }
                value = value * 10 + digit;
            }
            return value;
        }

        /// The value as a floating point number; NaN where it is none.
        double value() {
            return number(valueStart, valueEnd);
        }

        private static long rounded(double value) {
            return value > 0 ? Math.round(value) : 0;
        }

        private double number(int from, int to) {
            String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
            return switch (text) {
                case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> parsed(text);
            };
        }

        private static double parsed(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException none) {
                return Double.NaN;
            }
        }

        private int find(byte[] label) {
            for (int at = 0; at < labelCount * 4; at += 4) {
                if (Arrays.equals(bytes, labels[at], labels[at + 1], label, 0, label.length)) {
                    return at;
                }
            }
            return -1;
        }

        private boolean parse(byte[] buffer, int start, int end) {
            bytes = buffer;
            labelCount = 0;
            nameStart = start;
            int i = start;
            while (i < end && buffer[i] != '{' && buffer[i] != ' ') {
                i++;
            }
            nameEnd = i;
            if (i < end && buffer[i] == '{') {
                i = parseLabels(i + 1, end);
            }
            while (i < end && buffer[i] == ' ') {
                i++;
            }
            valueStart = i;
            while (i < end && buffer[i] != ' ') {
                i++;
            }
            valueEnd = i;
            return nameEnd > nameStart && valueEnd > valueStart;
        }

        /// Returns the place behind the closing brace, or `end` where the labels make no sense, so
        /// that no value is found.
        private int parseLabels(int from, int end) {
            int i = from;
            while (i < end && bytes[i] != '}') {
                int key = i;
                while (i < end && bytes[i] != '=') {
                    i++;
                }
                int keyEnd = i;
                if (i + 1 >= end || bytes[i + 1] != '"') {
                    return end;
                }
                i += 2;
                int value = i;
                while (i < end && bytes[i] != '"') {
                    i += bytes[i] == '\\' ? 2 : 1;
                }
                if (i >= end) {
                    return end;
                }
                if (labelCount < MAX_LABELS) {
                    labels[labelCount * 4] = key;
                    labels[labelCount * 4 + 1] = keyEnd;
                    labels[labelCount * 4 + 2] = value;
                    labels[labelCount * 4 + 3] = i;
                    labelCount++;
                }
                i++;
                if (i < end && bytes[i] == ',') {
                    i++;
                }
            }
            return i < end ? i + 1 : end;
        }
    }
}
