package dev.weir.profile;

/// The functions of a profile and the places in them where samples were taken.
///
/// Functions merge by name, as pprof does by default; a _site_ is a function with a line and the
/// way its code ran. Immutable; any thread.
public final class FrameTable {
    private final String[] names;
    private final String[] modules;
    private final String[] files;
    private final int[] lines;
    private final long[] sites;

    FrameTable(String[] names, String[] modules, String[] files, int[] lines, long[] sites) {
        this.names = names;
        this.modules = modules;
        this.files = files;
        this.lines = lines;
        this.sites = sites;
    }

    /// How many functions there are; they are numbered from 0.
    public int functionCount() {
        return names.length;
    }

    /// The name of a function as its producer wrote it.
    public String name(int function) {
        return names[function];
    }

    /// The package, namespace or binary of a function; empty when unknown.
    public String module(int function) {
        return modules[function];
    }

    /// The source file of a function; empty when unknown.
    public String file(int function) {
        return files[function];
    }

    /// The line where a function starts; 0 when unknown.
    public int line(int function) {
        return lines[function];
    }

    /// How many sites there are; they are numbered from 0.
    public int siteCount() {
        return sites.length;
    }

    /// The function of a site.
    public int siteFunction(int site) {
        return SiteKey.function(sites[site]);
    }

    /// The line of a site; 0 when unknown.
    public int siteLine(int site) {
        return SiteKey.line(sites[site]);
    }

    /// How the code of a site ran.
    public FrameKind siteKind(int site) {
        return SiteKey.kind(sites[site]);
    }
}
