package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.weir.model.Draft;
import dev.weir.model.HealthMonitor;
import dev.weir.model.Resource;
import dev.weir.model.RouteAction;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Turns records into trees: components in their order, absent ones left out, map keys sorted.
///
/// @param secrets whether secrets are written; only a client that sends them wants that
record RecordWriter(boolean secrets) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// The tree of a value, or null where it is absent or must not be told.
    @Nullable JsonNode write(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case JsonNode node -> node;
            case String text -> NODES.textNode(text);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Boolean flag -> NODES.booleanNode(flag);
            case Enum<?> constant -> NODES.textNode(Words.of(constant));
            case Duration duration -> NODES.textNode(Words.of(duration));
            case Instant instant -> NODES.textNode(instant.toString());
            case UUID id -> NODES.textNode(id.toString());
            case URI uri -> NODES.textNode(uri.toString());
            case Secret secret -> secrets ? NODES.textNode(secret.reveal()) : null;
            case List<?> list -> array(list);
            case Map<?, ?> map -> object(map);
            case HealthMonitor.StatusRange range -> range(range);
            case RouteAction action -> action(action);
            case Resource<?> resource -> resource(resource);
            case Draft<?> draft -> draft(draft);
            case ResourceView view -> view(view);
            case Record record -> components(record);
            default -> throw new IllegalArgumentException(value.getClass() + ": no JSON form");
        };
    }

    private ObjectNode resource(Resource<?> resource) {
        ObjectNode node = draft(resource.draft());
        node.set("metadata", components(resource.metadata()));
        return node;
    }

    private ObjectNode view(ResourceView view) {
        ObjectNode node = resource(view.resource());
        if (view.status() != null) {
            node.set("status", components(view.status()));
        }
        return node;
    }

    private ObjectNode draft(Draft<?> draft) {
        ObjectNode node = NODES.objectNode();
        node.put("kind", draft.kind().document());
        node.put("name", draft.name());
        node.put("description", draft.description());
        node.set("labels", object(draft.labels()));
        node.set("spec", components((Record) draft.spec()));
        return node;
    }

    private ObjectNode components(Record record) {
        ObjectNode node = NODES.objectNode();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            JsonNode child = write(value(record, component));
            if (child != null) {
                node.set(component.getName(), child);
            }
        }
        return node;
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true); // a record may be private to its package
            return accessor.invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(
                    record.getClass().getName() + ": its components cannot be read", impossible);
        }
    }

    private ObjectNode action(RouteAction action) {
        ObjectNode node = NODES.objectNode();
        switch (action) {
            case RouteAction.Forward forward -> node.set("forward", array(forward.targetGroups()));
            case RouteAction.Redirect redirect -> node.set("redirect", components(redirect));
        }
        return node;
    }

    private static JsonNode range(HealthMonitor.StatusRange range) {
        return range.from() == range.to()
                ? NODES.numberNode(range.from())
                : NODES.textNode(range.from() + "-" + range.to());
    }

    private ArrayNode array(List<?> list) {
        ArrayNode node = NODES.arrayNode(list.size());
        for (Object element : list) {
            node.add(write(element));
        }
        return node;
    }

    private ObjectNode object(Map<?, ?> map) {
        ObjectNode node = NODES.objectNode();
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(key.toString(), value));
        sorted.forEach((key, value) -> node.set(key, write(value)));
        return node;
    }
}
