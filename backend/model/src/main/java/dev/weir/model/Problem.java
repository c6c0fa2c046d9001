package dev.weir.model;

/// One thing wrong with a document.
///
/// @param path where, as in `spec.rules[2].action.forward[0].weight`
/// @param message what is wrong, with the value, and what to do
public record Problem(String path, String message) {

    /// The same problem seen from an enclosing object.
    public Problem under(String prefix) {
        if (path.isEmpty() || prefix.isEmpty()) {
            return new Problem(prefix + path, message);
        }
        return new Problem(path.startsWith("[") ? prefix + path : prefix + "." + path, message);
    }
}
