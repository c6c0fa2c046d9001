package dev.weir.profile;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads collapsed stacks: one stack in each line, frames joined by semicolons, the count after the
/// last space.
///
/// Lines that all end in two counts compare two profiles, as `difffolded.pl` writes them: these are
/// the sample types `before` and `after`.
///
/// Used by one thread.
final class CollapsedReader {
    private static final SampleType SAMPLES = new SampleType("samples", "count");

    private static final SampleType BEFORE = new SampleType("before", "count");
    private static final SampleType AFTER = new SampleType("after", "count");

    /// A space, a sign and the digits of a `long`.
    private static final int LONGEST_COUNT = 21;

    private static final int LONGEST_LINE = 32 << 20;

    private final ProfileBuilder builder;
    private final LongColumn value = new LongColumn();
    private final List<String> frames = new ArrayList<>();
    private int skipped;
    private int firstSkipped;

    private CollapsedReader(Limits limits, long inputBytes) {
        this.builder = new ProfileBuilder(SourceFormat.COLLAPSED, limits, inputBytes);
    }

    static Profile read(byte[] bytes, Limits limits) throws IOException {
        return new CollapsedReader(limits, bytes.length).readLines(bytes);
    }

    private Profile readLines(byte[] bytes) throws IOException {
        requireLines(bytes);
        TextEncoding encoding = TextEncoding.of(bytes);
        int counts = counts(bytes, encoding);
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        int lineNumber = 0;
        try (BufferedReader lines = lines(in, encoding)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                lineNumber++;
                // What the reader has taken so far: the line is at most one buffer before it.
                long offset = bytes.length - (long) in.available();
                if (!line.isBlank() && !readLine(line.strip(), counts, offset)) {
                    firstSkipped = skipped++ == 0 ? lineNumber : firstSkipped;
                }
            }
        }
        if (builder.sampleCount() == 0) {
            throw builder.error(
                    bytes.length,
                    "no line is a stack followed by a space and a count"
                            + (skipped > 0 ? " (first: line " + firstSkipped + ")" : ""));
        }
        if (skipped > 0) {
            builder.note(
                    skipped + " lines without a count skipped, the first is line " + firstSkipped);
        }
        List<SampleType> types = counts == 1 ? List.of(SAMPLES) : List.of(BEFORE, AFTER);
        return builder.build(
                new ProfileHeader(
                        SourceFormat.COLLAPSED,
                        types,
                        types.size() - 1,
                        null,
                        Duration.ZERO,
                        List.of()));
    }

    /// A line is held as text: without an end in sight it would fill the memory.
    private void requireLines(byte[] bytes) throws ProfileFormatException {
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                start = at + 1;
            } else if (at - start > LONGEST_LINE) {
                throw builder.error(start, "a line longer than " + LONGEST_LINE + " bytes");
            }
        }
    }

    /// How many counts end each line: two where every line has two, which is a comparison.
    ///
    /// One line with a single count shows that the others only have frames like `worker 7`.
    private static int counts(byte[] bytes, TextEncoding encoding) throws IOException {
        int counts = 1;
        try (BufferedReader lines = lines(new ByteArrayInputStream(bytes), encoding)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.strip();
                if (endOfStack(text, 2) > 0) {
                    counts = 2;
                } else if (endOfStack(text, 1) > 0) {
                    return 1;
                }
            }
        }
        return counts;
    }

    private static BufferedReader lines(ByteArrayInputStream in, TextEncoding encoding) {
        var _ = in.skip(encoding.markLength());
        return new BufferedReader(new InputStreamReader(in, encoding.charset()));
    }

    /// Where the stack ends that so many counts follow; 0 where the line is no such one.
    private static int endOfStack(String line, int counts) {
        int end = line.length();
        for (int count = 0; count < counts; count++) {
            int start = startOfCount(line, end);
            if (start == 0) {
                return 0;
            }
            end = endOfWords(line, start);
        }
        return end;
    }

    /// Where the count begins that ends at an index; 0 where there is none.
    private static int startOfCount(String line, int end) {
        int space = Math.max(line.lastIndexOf(' ', end - 1), line.lastIndexOf('\t', end - 1));
        if (space <= 0 || end - space > LONGEST_COUNT) {
            return 0;
        }
        try {
            var _ = Long.parseLong(line, space + 1, end, 10);
            return space + 1;
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static int endOfWords(String line, int start) {
        int end = start;
        while (end > 0 && Character.isWhitespace(line.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private boolean readLine(String line, int counts, long offset) throws IOException {
        int end = endOfStack(line, counts);
        if (end == 0) {
            return false;
        }
        value.clear();
        int from = end;
        for (int count = 0; count < counts; count++) {
            while (Character.isWhitespace(line.charAt(from))) {
                from++;
            }
            int to = from;
            while (to < line.length() && !Character.isWhitespace(line.charAt(to))) {
                to++;
            }
            value.add(Long.parseLong(line, from, to, 10));
            from = to;
        }
        frames.clear();
        CollapsedFrames.split(line.substring(0, end), frames);
        int stack = 0;
        int depth = 0;
        for (String frame : frames) {
            stack = builder.push(stack, site(frame, offset), ++depth, offset);
        }
        builder.sample(stack, value, List.of(), offset);
        return true;
    }

    private int site(String frame, long offset) throws ProfileFormatException {
        FrameKind kind = CollapsedFrames.kind(frame);
        int function = builder.frames().function(CollapsedFrames.name(frame));
        builder.requireNames("functions", builder.frames().functionCount(), offset);
        return builder.frames().site(function, 0, kind);
    }
}
