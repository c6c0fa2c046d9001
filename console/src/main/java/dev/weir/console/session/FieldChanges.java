package dev.weir.console.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.weir.api.Diff;
import dev.weir.api.Difference;
import dev.weir.model.Reference;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Turns differences of documents into lines for people: one for each field, never a whole document
/// in one.
public final class FieldChanges {
    private FieldChanges() {}

    public static List<FieldChange> of(Reference resource, List<Difference> differences) {
        List<FieldChange> fields = new ArrayList<>();
        differences.forEach(difference -> add(resource, difference, fields));
        return fields;
    }

    private static void add(Reference resource, Difference difference, List<FieldChange> fields) {
        JsonNode before = difference.before();
        JsonNode after = difference.after();
        boolean grown = before == null && after != null && after.isObject();
        boolean gone = after == null && before != null && before.isObject();
        if (grown || gone) {
            JsonNode nothing = JsonNodeFactory.instance.objectNode();
            Diff.between(grown ? nothing : before, grown ? after : nothing)
                    .forEach(part -> add(resource, under(difference.path(), part), fields));
            return;
        }
        fields.add(new FieldChange(resource, difference.path(), text(before), text(after)));
    }

    private static Difference under(String path, Difference part) {
        String whole = path.isEmpty() ? part.path() : path + "." + part.path();
        return new Difference(whole, part.before(), part.after());
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null ? null : node.isValueNode() ? node.asText() : node.toString();
    }
}
