package dev.weir.bundle;

import com.google.protobuf.CodedOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Collects samples and writes them as a gzipped pprof `Profile` (google/pprof, profile.proto).
///
/// Confined to the thread that builds it.
final class PprofDocument {
    /// Field numbers of profile.proto.
    private static final int SAMPLE_TYPE = 1;

    private static final int SAMPLE = 2;
    private static final int LOCATION = 4;
    private static final int FUNCTION = 5;
    private static final int STRING_TABLE = 6;
    private static final int TIME_NANOS = 9;
    private static final int DURATION_NANOS = 10;
    private static final int PERIOD_TYPE = 11;
    private static final int PERIOD = 12;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final List<ValueType> types;
    private final Map<String, Integer> strings = new LinkedHashMap<>();
    private final Map<Function, Integer> functions = new LinkedHashMap<>();
    private final Map<StackTraceElement, Integer> locations = new LinkedHashMap<>();
    private final Map<List<StackTraceElement>, long[]> samples = new LinkedHashMap<>();

    /// The type and unit of one column of values: `cpu`, `nanoseconds`.
    record ValueType(String type, String unit) {}

    private record Function(String name, String file) {}

    PprofDocument(List<ValueType> types) {
        this.types = List.copyOf(types);
        text(""); // the table's first entry is empty by definition
    }

    /// Adds the values to those of the same stack.
    ///
    /// @param stack the innermost frame first
    void add(List<StackTraceElement> stack, long... values) {
        if (values.length != types.size()) {
            throw new IllegalArgumentException("one value for each sample type");
        }
        long[] sums = samples.computeIfAbsent(stack, first -> new long[values.length]);
        for (int i = 0; i < values.length; i++) {
            sums[i] += values[i];
        }
    }

    /// @param period of the last sample type, between two samples
    byte[] gzipped(Instant start, Duration duration, long period) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
            CodedOutputStream out = CodedOutputStream.newInstance(zipped);
            write(out, start, duration, period);
            out.flush();
        } catch (IOException impossible) {
            throw new IllegalStateException("memory takes every byte", impossible);
        }
        return bytes.toByteArray();
    }

    private void write(CodedOutputStream out, Instant start, Duration duration, long period)
            throws IOException {
        for (ValueType type : types) {
            message(out, SAMPLE_TYPE, valueType(type));
        }
        for (Map.Entry<List<StackTraceElement>, long[]> sample : samples.entrySet()) {
            message(out, SAMPLE, sample(sample.getKey(), sample.getValue()));
        }
        for (Map.Entry<StackTraceElement, Integer> location : locations.entrySet()) {
            message(out, LOCATION, location(location.getKey(), location.getValue()));
        }
        for (Map.Entry<Function, Integer> function : functions.entrySet()) {
            message(out, FUNCTION, function(function.getKey(), function.getValue()));
        }
        byte[] periodType = valueType(types.getLast());
        for (String string : strings.keySet()) {
            out.writeString(STRING_TABLE, string);
        }
        out.writeInt64(TIME_NANOS, start.getEpochSecond() * NANOS_PER_SECOND + start.getNano());
        out.writeInt64(DURATION_NANOS, duration.toNanos());
        message(out, PERIOD_TYPE, periodType);
        out.writeInt64(PERIOD, period);
    }

    private byte[] valueType(ValueType type) throws IOException {
        return encoded(out -> {
            out.writeInt64(1, text(type.type()));
            out.writeInt64(2, text(type.unit()));
        });
    }

    private byte[] sample(List<StackTraceElement> stack, long[] values) throws IOException {
        byte[] ids =
                encoded(out -> {
                    for (StackTraceElement frame : stack) {
                        out.writeUInt64NoTag(locationId(frame));
                    }
                });
        byte[] packed =
                encoded(out -> {
                    for (long value : values) {
                        out.writeInt64NoTag(value);
                    }
                });
        return encoded(out -> {
            out.writeByteArray(1, ids);
            out.writeByteArray(2, packed);
        });
    }

    private byte[] location(StackTraceElement frame, int id) throws IOException {
        byte[] line =
                encoded(out -> {
                    out.writeUInt64(1, functionId(frame));
                    out.writeInt64(2, Math.max(0, frame.getLineNumber()));
                });
        return encoded(out -> {
            out.writeUInt64(1, id);
            out.writeByteArray(4, line);
        });
    }

    private byte[] function(Function function, int id) throws IOException {
        return encoded(out -> {
            out.writeUInt64(1, id);
            out.writeInt64(2, text(function.name()));
            out.writeInt64(3, text(function.name()));
            out.writeInt64(4, text(function.file()));
        });
    }

    private int locationId(StackTraceElement frame) {
        return id(locations, frame);
    }

    private int functionId(StackTraceElement frame) {
        String file = frame.getFileName();
        return id(
                functions,
                new Function(
                        frame.getClassName() + "." + frame.getMethodName(),
                        file == null ? "" : file));
    }

    private int text(String text) {
        return strings.computeIfAbsent(text, first -> strings.size());
    }

    private static <K> int id(Map<K, Integer> ids, K key) {
        return ids.computeIfAbsent(key, first -> ids.size() + 1);
    }

    private static void message(CodedOutputStream out, int field, byte[] message)
            throws IOException {
        out.writeByteArray(field, message);
    }

    private static byte[] encoded(Part part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        part.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    private interface Part {
        void write(CodedOutputStream out) throws IOException;
    }
}
