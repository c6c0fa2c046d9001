package dev.weir.console.settings;

/// How the operator wants the window to look.
public enum ThemeChoice {
    /// As the operating system does.
    SYSTEM,
    LIGHT,
    DARK
}
