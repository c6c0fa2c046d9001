package dev.weir.profile;

/// How the code of a frame was running, as far as the producer said so.
public enum FrameKind {
    /// Nothing special, or nothing known.
    PLAIN,
    /// Inlined into the frame that calls it.
    INLINED,
    /// Compiled by a just-in-time compiler.
    COMPILED,
    /// Run by an interpreter.
    INTERPRETED,
    /// Machine code of a library outside the managed runtime.
    NATIVE,
    /// Code of the operating system's kernel.
    KERNEL
}
