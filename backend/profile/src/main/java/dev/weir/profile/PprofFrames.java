package dev.weir.profile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The frames of each location, root first, with inlined calls unfolded and pruned as pprof prunes.
///
/// Source: `profile.proto`, `Location.line` and `drop_frames`. Used by one thread.
final class PprofFrames {
    private final PprofTables tables;
    private final ProfileBuilder builder;
    private final int[] functions;
    private final int[] start;
    private final IntColumn sites = new IntColumn();
    private final Cut[] cuts;

    private PprofFrames(PprofTables tables, ProfileBuilder builder) throws ProfileFormatException {
        this.tables = tables;
        this.builder = builder;
        this.functions = new int[tables.functionIds.size()];
        this.start = new int[tables.locationIds.size() + 1];
        this.cuts = new Cut[tables.locationIds.size()];
    }

    /// Where `drop_frames` ends a stack that reaches a location.
    enum Cut {
        NOWHERE,
        BEFORE,
        AFTER
    }

    static PprofFrames resolve(PprofTables tables, ProfileBuilder builder)
            throws ProfileFormatException {
        PprofFrames frames = new PprofFrames(tables, builder);
        frames.resolveFunctions();
        frames.resolveLocations();
        return frames;
    }

    /// The first frame of a location, for [#site].
    int start(int location) {
        return start[location];
    }

    /// One past the last frame of a location, for [#site].
    int end(int location) {
        return start[location + 1];
    }

    int site(int frame) {
        return sites.get(frame);
    }

    Cut cut(int location) {
        return cuts[location];
    }

    private void resolveFunctions() throws ProfileFormatException {
        for (int i = 0; i < functions.length; i++) {
            String name = tables.string(tables.functionName.get(i));
            if (name.isEmpty()) {
                name = tables.string(tables.functionSystemName.get(i));
            }
            functions[i] =
                    name.isEmpty()
                            ? -1
                            : builder.frames()
                                    .function(
                                            name,
                                            tables.string(tables.functionFile.get(i)),
                                            tables.functionLine.get(i));
        }
    }

    private void resolveLocations() throws ProfileFormatException {
        boolean[] dropped = droppedFunctions();
        int line = 0;
        for (int location = 0; location < cuts.length; location++) {
            int end = tables.locationLinesEnd.get(location);
            String binary = binary(tables.locationMapping.get(location));
            boolean kernel = binary.startsWith("[kernel");
            if (line == end) {
                addSite(unnamed(binary), 0, kernel ? FrameKind.KERNEL : FrameKind.PLAIN);
            }
            cuts[location] = Cut.NOWHERE;
            // The last line is the outermost caller; all before it are inlined into it.
            for (int at = end - 2; at >= line; at -= 2) {
                int function = function(tables.locationLines.get(at));
                if (cuts[location] == Cut.NOWHERE && function >= 0 && dropped[function]) {
                    cuts[location] = at == end - 2 ? Cut.BEFORE : Cut.AFTER;
                }
                if (cuts[location] == Cut.AFTER) {
                    break;
                }
                FrameKind kind = kernel ? FrameKind.KERNEL : FrameKind.PLAIN;
                addSite(
                        function < 0 ? unnamed(binary) : function,
                        tables.locationLines.get(at + 1),
                        at == end - 2 ? kind : FrameKind.INLINED);
            }
            line = end;
            start[location + 1] = sites.size();
        }
    }

    private void addSite(int function, long line, FrameKind kind) {
        sites.add(builder.frames().site(function, line, kind));
    }

    /// The builder's function of a function identifier; -1 where it has no name.
    private int function(long id) throws ProfileFormatException {
        if (id == 0) {
            return -1;
        }
        int index = tables.functionIds.find(id);
        if (index < 0) {
            throw builder.error(
                    0, "a location of an unknown function (" + Long.toUnsignedString(id) + ")");
        }
        return functions[index];
    }

    private int unnamed(String binary) {
        return builder.frames()
                .function(binary.isEmpty() ? "<unknown>" : "[" + binary + "]", binary, "", 0);
    }

    private String binary(long mappingId) throws ProfileFormatException {
        if (mappingId == 0) {
            return "";
        }
        int mapping = tables.mappingIds.find(mappingId);
        if (mapping < 0) {
            throw builder.error(
                    0,
                    "a location of an unknown mapping (" + Long.toUnsignedString(mappingId) + ")");
        }
        String file = tables.string(tables.mappingFile.get(mapping));
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /// `drop_frames` less `keep_frames`, by function of the builder.
    private boolean[] droppedFunctions() throws ProfileFormatException {
        String drop = tables.string(Math.max(0, tables.dropFrames));
        boolean[] dropped = new boolean[builder.frames().functionCount()];
        if (drop.isEmpty()) {
            return dropped;
        }
        String keep = tables.string(Math.max(0, tables.keepFrames));
        try {
            BoundedPattern dropPattern = new BoundedPattern(drop, 0);
            @Nullable BoundedPattern keepPattern =
                    keep.isEmpty() ? null : new BoundedPattern(keep, 0);
            for (String name : functionNames()) {
                String plain = withoutArguments(name);
                dropped[builder.frames().find(name)] =
                        dropPattern.matches(plain)
                                && (keepPattern == null || !keepPattern.matches(plain));
            }
        } catch (InvalidPatternException e) {
            builder.note("drop_frames is not applied: " + e.getMessage());
            return new boolean[dropped.length];
        }
        return dropped;
    }

    private List<String> functionNames() throws ProfileFormatException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < functions.length; i++) {
            if (functions[i] >= 0) {
                String name = tables.string(tables.functionName.get(i));
                names.add(name.isEmpty() ? tables.string(tables.functionSystemName.get(i)) : name);
            }
        }
        return names;
    }

    private static String withoutArguments(String name) {
        String plain = name.startsWith(".") ? name.substring(1) : name;
        int from = 0;
        while (true) {
            int open = plain.indexOf('(', from);
            if (open < 0) {
                return plain;
            }
            if (plain.startsWith("(anonymous namespace)", open)) {
                from = open + 1;
            } else if (open >= 8 && plain.startsWith("operator()", open - 8)) {
                from = open + 2;
            } else {
                return plain.substring(0, open);
            }
        }
    }
}
