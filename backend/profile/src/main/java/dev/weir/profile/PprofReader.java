package dev.weir.profile;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads `profile.proto` of github.com/google/pprof, without gzip.
///
/// Two passes over the bytes: tables first, since samples refer to what may follow them. Used by
/// one thread.
final class PprofReader {
    private static final int SAMPLE = 2;
    private static final int LAST_FIELD = 15;

    private final byte[] bytes;
    private final PprofTables tables;
    private final ProfileBuilder builder;
    private final PprofFrames frames;

    private final LongColumn locations = new LongColumn();
    private final LongColumn values = new LongColumn();
    private final List<Label> labels = new ArrayList<>();

    private PprofReader(byte[] bytes, Limits limits) throws ProfileFormatException {
        this.bytes = bytes;
        this.tables = PprofTables.read(bytes, limits);
        this.builder = new ProfileBuilder(SourceFormat.PPROF, limits, bytes.length);
        this.frames = PprofFrames.resolve(tables, builder);
    }

    static Profile read(byte[] bytes, Limits limits) throws IOException {
        return new PprofReader(bytes, limits).read();
    }

    /// Whether a byte can be the first of a profile: the tag of one of its fields.
    static boolean mayStartWith(byte first) {
        int field = (first & 0xff) >>> 3;
        int wireType = first & 7;
        return first >= 0
                && field >= 1
                && field <= LAST_FIELD
                && (wireType == ProtoCursor.VARINT || wireType == ProtoCursor.LENGTH);
    }

    private Profile read() throws IOException {
        List<SampleType> types = sampleTypes();
        ProtoCursor cursor = new ProtoCursor(bytes);
        while (cursor.hasMore()) {
            if (cursor.field() == SAMPLE) {
                readSample(cursor, types.size());
            } else {
                cursor.skip();
            }
        }
        return builder.build(
                new ProfileHeader(
                        SourceFormat.PPROF,
                        types,
                        defaultType(types),
                        tables.timeNanos == 0 ? null : Instant.ofEpochSecond(0, tables.timeNanos),
                        Duration.ofNanos(Math.max(0, tables.durationNanos)),
                        List.of()));
    }

    private List<SampleType> sampleTypes() throws ProfileFormatException {
        List<SampleType> types = new ArrayList<>();
        for (int i = 0; i < tables.typeName.size(); i++) {
            types.add(
                    new SampleType(
                            tables.string(tables.typeName.get(i)),
                            tables.string(tables.typeUnit.get(i))));
        }
        if (types.isEmpty()) {
            throw builder.error(bytes.length, "no sample types; this is no profile");
        }
        return types;
    }

    /// The last type unless the producer named another, as pprof has it.
    private int defaultType(List<SampleType> types) throws ProfileFormatException {
        if (tables.defaultSampleType != 0) {
            String name = tables.string(tables.defaultSampleType);
            for (int type = 0; type < types.size(); type++) {
                if (types.get(type).name().equals(name)) {
                    return type;
                }
            }
        }
        return types.size() - 1;
    }

    private void readSample(ProtoCursor cursor, int types) throws IOException {
        int start = cursor.position();
        locations.clear();
        values.clear();
        labels.clear();
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            switch (cursor.field()) {
                case 1 -> cursor.numbers(locations);
                case 2 -> cursor.numbers(values);
                case 3 -> readLabel(cursor);
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        if (values.size() != types) {
            throw builder.error(
                    start,
                    "a sample of " + values.size() + " values where " + types + " types are named");
        }
        builder.sample(pushStack(start), values, labels, start);
    }

    /// Locations come leaf first; the tree grows from the root.
    private int pushStack(int offset) throws ProfileFormatException {
        int stack = 0;
        int depth = 0;
        boolean pastFirstKept = false;
        for (int i = locations.size() - 1; i >= 0; i--) {
            int location = tables.locationIds.find(locations.get(i));
            if (location < 0) {
                throw builder.error(
                        offset,
                        "a sample of an unknown location ("
                                + Long.toUnsignedString(locations.get(i))
                                + ")");
            }
            PprofFrames.Cut cut = frames.cut(location);
            if (cut == PprofFrames.Cut.BEFORE && pastFirstKept) {
                break;
            }
            for (int site = frames.start(location); site < frames.end(location); site++) {
                stack = builder.push(stack, frames.site(site), ++depth, offset);
            }
            if (cut == PprofFrames.Cut.AFTER && pastFirstKept) {
                break;
            }
            pastFirstKept |= cut == PprofFrames.Cut.NOWHERE;
        }
        return stack;
    }

    private void readLabel(ProtoCursor cursor) throws ProfileFormatException {
        long key = 0;
        long text = 0;
        long number = 0;
        long unit = 0;
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            switch (cursor.field()) {
                case 1 -> key = cursor.number();
                case 2 -> text = cursor.number();
                case 3 -> number = cursor.number();
                case 4 -> unit = cursor.number();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        builder.requireNames("labels of one sample", labels.size() + 1L, cursor.position());
        String name = tables.string(key);
        labels.add(
                text != 0
                        ? new Label.Text(name, tables.string(text))
                        : new Label.Quantity(name, number, unit == 0 ? "" : tables.string(unit)));
    }
}
