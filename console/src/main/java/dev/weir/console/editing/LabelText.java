package dev.weir.console.editing;

import dev.weir.model.Problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Labels as one line: `env=prod, team=shop`, in the order of their keys.
///
/// @param problems of parts that are no label; those are left out
record LabelText(Map<String, String> labels, List<Problem> problems) {

    static String of(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(", "));
    }

    /// Reads the line.
    ///
    /// @param declared answered as they are where the line says nothing else: a value may hold a
    ///   comma, which the line cannot tell from the next label
    static LabelText read(String text, Map<String, String> declared) {
        if (text.equals(of(declared))) {
            return new LabelText(declared, List.of());
        }
        Map<String, String> labels = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = part.substring(0, Math.max(equals, 0)).strip();
            if (part.isBlank()) {
                continue;
            }
            if (key.isEmpty()) {
                problems.add(new Problem("labels", "must be key=value, is '" + part.strip() + "'"));
            } else if (labels.put(key, part.substring(equals + 1).strip()) != null) {
                problems.add(new Problem("labels", "key '" + key + "' is given twice; keep one"));
            }
        }
        return new LabelText(labels, problems);
    }
}
