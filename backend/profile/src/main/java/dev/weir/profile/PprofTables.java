package dev.weir.profile;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The tables of a `profile.proto` before its samples are read: strings, mappings, functions,
/// locations, as they stand in the file. Used by one thread.
final class PprofTables {
    /// Lines of all locations: function identifier and line number in turns.
    final LongColumn locationLines = new LongColumn();

    final LongIndex locationIds = new LongIndex();
    final IntColumn locationLinesEnd = new IntColumn();
    final LongColumn locationMapping = new LongColumn();

    final LongIndex functionIds = new LongIndex();
    final LongColumn functionName = new LongColumn();
    final LongColumn functionSystemName = new LongColumn();
    final LongColumn functionFile = new LongColumn();
    final LongColumn functionLine = new LongColumn();

    final LongIndex mappingIds = new LongIndex();
    final LongColumn mappingFile = new LongColumn();

    final LongColumn typeName = new LongColumn();
    final LongColumn typeUnit = new LongColumn();

    long dropFrames;
    long keepFrames;
    long timeNanos;
    long durationNanos;
    long defaultSampleType;

    private final byte[] bytes;
    private final Limits limits;
    private final LongColumn strings = new LongColumn();
    private final Map<Long, String> decoded = new HashMap<>();

    PprofTables(byte[] bytes, Limits limits) {
        this.bytes = bytes;
        this.limits = limits;
    }

    /// Reads everything but the samples.
    static PprofTables read(byte[] bytes, Limits limits) throws ProfileFormatException {
        PprofTables tables = new PprofTables(bytes, limits);
        ProtoCursor cursor = new ProtoCursor(bytes);
        while (cursor.hasMore()) {
            tables.readField(cursor, cursor.field());
        }
        return tables;
    }

    /// The string of an index; 0 is the empty string in every profile.
    String string(long index) throws ProfileFormatException {
        if (index == 0) {
            return "";
        }
        if (index < 0 || index >= strings.size()) {
            throw new ProfileFormatException(
                    SourceFormat.PPROF,
                    bytes.length,
                    "string " + index + " of a table of " + strings.size());
        }
        // Decoded once: a small file may refer to one long string millions of times.
        return decoded.computeIfAbsent(
                index,
                at -> {
                    long range = strings.get(at.intValue());
                    return new String(
                            bytes, (int) (range >>> 32), (int) range, StandardCharsets.UTF_8);
                });
    }

    private void readField(ProtoCursor cursor, int field) throws ProfileFormatException {
        switch (field) {
            case 1 -> readSampleType(cursor);
            case 3 -> readMapping(cursor);
            case 4 -> readLocation(cursor);
            case 5 -> readFunction(cursor);
            case 6 -> {
                strings.add(cursor.range());
                requireRoom(cursor, "strings", strings.size());
            }
            case 7 -> dropFrames = cursor.number();
            case 8 -> keepFrames = cursor.number();
            case 9 -> timeNanos = cursor.number();
            case 10 -> durationNanos = cursor.number();
            case 14 -> defaultSampleType = cursor.number();
            default -> cursor.skip();
        }
    }

    private void readSampleType(ProtoCursor cursor) throws ProfileFormatException {
        long type = 0;
        long unit = 0;
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            switch (cursor.field()) {
                case 1 -> type = cursor.number();
                case 2 -> unit = cursor.number();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        typeName.add(type);
        typeUnit.add(unit);
        requireRoom(cursor, "sample types", typeName.size());
    }

    private void readMapping(ProtoCursor cursor) throws ProfileFormatException {
        long id = 0;
        long file = 0;
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            switch (cursor.field()) {
                case 1 -> id = cursor.number();
                case 5 -> file = cursor.number();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        requireNew(cursor, "mapping", id, mappingIds);
        mappingFile.add(file);
    }

    private void readLocation(ProtoCursor cursor) throws ProfileFormatException {
        long id = 0;
        long mapping = 0;
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            switch (cursor.field()) {
                case 1 -> id = cursor.number();
                case 2 -> mapping = cursor.number();
                case 4 -> readLine(cursor);
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        requireNew(cursor, "location", id, locationIds);
        locationMapping.add(mapping);
        locationLinesEnd.add(locationLines.size());
    }

    private void readLine(ProtoCursor cursor) throws ProfileFormatException {
        long function = 0;
        long line = 0;
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            switch (cursor.field()) {
                case 1 -> function = cursor.number();
                case 2 -> line = cursor.number();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        locationLines.add(function);
        locationLines.add(line);
        requireRoom(cursor, "lines", locationLines.size() / 2);
    }

    private void readFunction(ProtoCursor cursor) throws ProfileFormatException {
        long id = 0;
        long name = 0;
        long systemName = 0;
        long file = 0;
        long line = 0;
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            switch (cursor.field()) {
                case 1 -> id = cursor.number();
                case 2 -> name = cursor.number();
                case 3 -> systemName = cursor.number();
                case 4 -> file = cursor.number();
                case 5 -> line = cursor.number();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        requireNew(cursor, "function", id, functionIds);
        functionName.add(name);
        functionSystemName.add(systemName);
        functionFile.add(file);
        functionLine.add(line);
    }

    private void requireNew(ProtoCursor cursor, String what, long id, LongIndex ids)
            throws ProfileFormatException {
        int known = ids.size();
        if (id == 0 || ids.add(id) != known) {
            throw cursor.error(
                    cursor.position(),
                    "a " + what + (id == 0 ? " without an identifier" : " given twice") + idOf(id));
        }
        requireRoom(cursor, what + "s", ids.size());
    }

    private void requireRoom(ProtoCursor cursor, String what, int count)
            throws ProfileFormatException {
        if (count > limits.maxNames()) {
            throw cursor.error(
                    cursor.position(),
                    "too many " + what + " (more than " + limits.maxNames() + "); raise the limit");
        }
    }

    private static String idOf(long id) {
        return " (" + Long.toUnsignedString(id) + ")";
    }
}
