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
/// Used by one thread.
final class CollapsedReader {
    private static final SampleType SAMPLES = new SampleType("samples", "count");

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
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        in.skipNBytes(encoding.markLength());
        int lineNumber = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, encoding.charset()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                lineNumber++;
                // What the reader has taken so far: the line is at most one buffer before it.
                long offset = bytes.length - (long) in.available();
                if (!line.isBlank() && !readLine(line.strip(), offset)) {
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
        return builder.build(
                new ProfileHeader(
                        SourceFormat.COLLAPSED,
                        List.of(SAMPLES),
                        0,
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

    private boolean readLine(String line, long offset) throws IOException {
        int space = Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
        if (space <= 0 || line.length() - space > 20) {
            return false;
        }
        long count;
        try {
            count = Long.parseLong(line, space + 1, line.length(), 10);
        } catch (NumberFormatException _) {
            return false;
        }
        frames.clear();
        CollapsedFrames.split(line.substring(0, space).strip(), frames);
        int stack = 0;
        int depth = 0;
        for (String frame : frames) {
            stack = builder.push(stack, site(frame, offset), ++depth, offset);
        }
        value.clear();
        value.add(count);
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
