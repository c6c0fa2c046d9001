package dev.weir.console.editing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// What was typed before, the newest on top; consecutive changes of one field are one step.
///
/// Confined to one thread.
final class EditHistory<T> {
    private static final int REMEMBERED = 200;

    private final Deque<T> steps = new ArrayDeque<>();
    private String lastField = "";

    /// Remembers what was there before a change of this field.
    void changing(String field, T before) {
        if (!field.equals(lastField) || steps.isEmpty()) {
            steps.push(before);
            if (steps.size() > REMEMBERED) {
                steps.removeLast();
            }
        }
        lastField = field;
    }

    /// Goes one step back; empty where there is none.
    Optional<T> back() {
        lastField = "";
        return Optional.ofNullable(steps.poll());
    }

    void forget() {
        steps.clear();
        lastField = "";
    }
}
