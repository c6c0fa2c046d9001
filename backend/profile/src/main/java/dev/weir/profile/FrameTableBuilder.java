package dev.weir.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects functions and sites, each once; used by one thread.
final class FrameTableBuilder {
    private final Map<String, Integer> functionByName = new HashMap<>();
    private final List<String> modules = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final IntColumn lines = new IntColumn();
    private final LongIndex siteIndex = new LongIndex();
    private final LongColumn sites = new LongColumn();

    /// The number of the function of that name; what its first mention says of it is kept.
    int function(String name, String module, String file, long line) {
        Integer known = functionByName.get(name);
        if (known != null) {
            return known;
        }
        int function = names.size();
        functionByName.put(name, function);
        names.add(name);
        modules.add(module);
        files.add(file);
        lines.add(line < 0 || line > Integer.MAX_VALUE ? 0 : (int) line);
        return function;
    }

    /// The same of a name that says all that is known.
    int function(String name) {
        Integer known = functionByName.get(name);
        return known != null ? known : function(name, ModuleName.of(name), "", 0);
    }

    /// The same with a file, and the module read off the name.
    int function(String name, String file, long line) {
        Integer known = functionByName.get(name);
        return known != null ? known : function(name, ModuleName.of(name), file, line);
    }

    /// The number of the function of that name, or -1.
    int find(String name) {
        return functionByName.getOrDefault(name, -1);
    }

    /// The number of the function of a table, copied when its name was not there.
    int function(FrameTable table, int function) {
        return function(
                table.name(function),
                table.module(function),
                table.file(function),
                table.line(function));
    }

    int site(int function, long line, FrameKind kind) {
        long key = SiteKey.of(function, line, kind);
        int site = siteIndex.add(key);
        if (site == sites.size()) {
            sites.add(key);
        }
        return site;
    }

    int functionCount() {
        return names.size();
    }

    int siteCount() {
        return sites.size();
    }

    FrameTable build() {
        return new FrameTable(
                names.toArray(String[]::new),
                modules.toArray(String[]::new),
                files.toArray(String[]::new),
                lines.toArray(),
                sites.toArray());
    }
}
