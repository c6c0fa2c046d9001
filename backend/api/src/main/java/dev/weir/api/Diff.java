package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.model.Draft;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What differs between two documents, in the order of the newer one.
///
/// Lists whose elements have names are compared by name, so that an element put first is one
/// addition and not a change of everything after it; a new order of the same names is told at the
/// list itself.
public final class Diff {
    private final List<Difference> found = new ArrayList<>();

    private Diff() {}

    /// The differences between two trees.
    public static List<Difference> between(@Nullable JsonNode before, @Nullable JsonNode after) {
        Diff diff = new Diff();
        diff.compare("", before, after);
        return List.copyOf(diff.found);
    }

    /// The differences between what an operator wrote before and writes now. A new private key of a
    /// certificate shows as `(secret)`.
    public static List<Difference> between(@Nullable Draft<?> before, @Nullable Draft<?> after) {
        List<Difference> differences =
                new ArrayList<>(
                        between(
                                before == null ? null : Codec.write(before),
                                after == null ? null : Codec.write(after)));
        Secrets.difference(before, after).ifPresent(differences::add);
        return List.copyOf(differences);
    }

    private void compare(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null && after == null) {
            return;
        }
        if (before != null && after != null && before.isObject() && after.isObject()) {
            Set<String> keys = new LinkedHashSet<>();
            after.fieldNames().forEachRemaining(keys::add);
            before.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                compare(RecordReader.under(path, key), before.get(key), after.get(key));
            }
        } else if (before != null && after != null && isNamed(before) && isNamed(after)) {
            named(path, byName(before), byName(after), before, after);
        } else if (before == null || !before.equals(after)) {
            found.add(new Difference(path, before, after));
        }
    }

    private void named(
            String path,
            Map<String, JsonNode> before,
            Map<String, JsonNode> after,
            JsonNode listBefore,
            JsonNode listAfter) {
        List<String> staying = new ArrayList<>(before.keySet());
        staying.retainAll(after.keySet());
        List<String> stayed = new ArrayList<>(after.keySet());
        stayed.retainAll(before.keySet());
        if (!staying.equals(stayed)) {
            found.add(new Difference(path, names(listBefore), names(listAfter)));
        }
        Set<String> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        for (String name : names) {
            compare(path + "[" + name + "]", before.get(name), after.get(name));
        }
    }

    private static JsonNode names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(element -> names.add(name(element)));
        return Codec.write(names);
    }

    private static boolean isNamed(JsonNode list) {
        if (!list.isArray()) {
            return false;
        }
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode element : list) {
            if (!element.isObject() || name(element).isEmpty() || !names.add(name(element))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, JsonNode> byName(JsonNode list) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        list.forEach(element -> byName.put(name(element), element));
        return byName;
    }

    /// A thing's own name, or the one thing it points at.
    private static String name(JsonNode element) {
        return element.path("name").asText(element.path("targetGroup").asText(""));
    }
}
