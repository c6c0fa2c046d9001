package dev.weir.profile;

/// The format a profile was read from.
public enum SourceFormat {
    /// `profile.proto` of github.com/google/pprof, gzipped or raw.
    PPROF("pprof"),
    /// A Java Flight Recorder recording.
    JFR("JFR"),
    /// One stack and its count in each line, frames joined by semicolons.
    COLLAPSED("collapsed stacks"),
    /// The JSON file format of speedscope.app.
    SPEEDSCOPE("speedscope");

    private final String label;

    SourceFormat(String label) {
        this.label = label;
    }

    /// The format's name as its own project writes it.
    public String label() {
        return label;
    }
}
