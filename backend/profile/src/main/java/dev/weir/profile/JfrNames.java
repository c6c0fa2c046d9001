package dev.weir.profile;

import org.jspecify.annotations.Nullable;

/// Turns what a recording says of a frame into the names of a [FrameTable].
final class JfrNames {

    private JfrNames() {}

    /// `type.method`; the address in the name of a hidden class is left out, since it makes the
    /// same lambda a new function in each run.
    static String method(String type, String method) {
        String stable = type;
        int address = Math.max(type.lastIndexOf("/0x"), type.lastIndexOf(".0x"));
        if (address > 0) {
            stable = type.substring(0, address);
        }
        return stable.isEmpty() ? method : stable + "." + method;
    }

    /// The package of a type.
    static String module(String type) {
        int address = Math.max(type.lastIndexOf("/0x"), type.lastIndexOf(".0x"));
        int dot = type.lastIndexOf('.', address > 0 ? address - 1 : type.length());
        return dot < 0 ? "" : type.substring(0, dot);
    }

    /// The kind of a frame's type as the JDK and async-profiler write it.
    static FrameKind kind(@Nullable String type) {
        return switch (type) {
            case null -> FrameKind.PLAIN;
            case "Inlined" -> FrameKind.INLINED;
            case "JIT compiled", "C1 compiled" -> FrameKind.COMPILED;
            case "Interpreted" -> FrameKind.INTERPRETED;
            case "Native", "C++" -> FrameKind.NATIVE;
            case "Kernel" -> FrameKind.KERNEL;
            default -> FrameKind.PLAIN;
        };
    }
}
