package dev.weir.profile;

import java.util.List;

/// The grammar of one collapsed stack, as stackcollapse scripts and async-profiler write it.
final class CollapsedFrames {
    private static final String PRIMITIVES = "BCDFIJSZV";

    private CollapsedFrames() {}

    /// Adds the frames of a stack, root first; empty ones are left out.
    ///
    /// A semicolon inside a Java signature such as `put(Ljava/lang/String;)V` parts no frames.
    static void split(String stack, List<String> into) {
        int start = 0;
        int at = 0;
        while (at <= stack.length()) {
            if (at == stack.length() || stack.charAt(at) == ';') {
                if (at > start) {
                    into.add(stack.substring(start, at));
                }
                start = at + 1;
                at++;
            } else if (stack.charAt(at) == '(') {
                at = Math.max(at + 1, endOfSignature(stack, at));
            } else {
                at++;
            }
        }
    }

    /// The kind that async-profiler appends to a name, `_[k]` for example.
    static FrameKind kind(String frame) {
        if (!hasSuffix(frame)) {
            return FrameKind.PLAIN;
        }
        return switch (frame.charAt(frame.length() - 2)) {
            case 'i' -> FrameKind.INLINED;
            case 'k' -> FrameKind.KERNEL;
            case '0' -> FrameKind.INTERPRETED;
            default -> FrameKind.COMPILED;
        };
    }

    /// The name without the suffix of [#kind].
    static String name(String frame) {
        return hasSuffix(frame) ? frame.substring(0, frame.length() - 4) : frame;
    }

    private static boolean hasSuffix(String frame) {
        int length = frame.length();
        return length > 4
                && frame.charAt(length - 1) == ']'
                && frame.startsWith("_[", length - 4)
                && "jik01".indexOf(frame.charAt(length - 2)) >= 0;
    }

    /// Behind the Java signature that begins at a parenthesis; -1 when it is none.
    private static int endOfSignature(String text, int open) {
        int at = open + 1;
        while (at < text.length() && text.charAt(at) != ')') {
            at = endOfType(text, at);
            if (at < 0) {
                return -1;
            }
        }
        if (at >= text.length()) {
            return -1;
        }
        // A returned class ends in a semicolon of its own, before the one that parts the frames.
        int end = endOfType(text, at + 1);
        return end > 0 && (end == text.length() || text.charAt(end) == ';') ? end : at + 1;
    }

    private static int endOfType(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '[') {
            at++;
        }
        if (at >= text.length()) {
            return -1;
        }
        if (PRIMITIVES.indexOf(text.charAt(at)) >= 0) {
            return at + 1;
        }
        if (text.charAt(at) != 'L') {
            return -1;
        }
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ';') {
                return i + 1;
            }
            if (c != '/' && c != '.' && !Character.isJavaIdentifierPart(c)) {
                return -1;
            }
        }
        return -1;
    }
}
