package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.model.HealthMonitor;
import dev.weir.model.Kind;
import dev.weir.model.Names;
import dev.weir.model.Problem;
import dev.weir.model.Resource;
import dev.weir.model.RouteAction;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns one tree into records and collects every problem on the way; what is at fault is read as
/// absent, so that the rest can still be judged.
///
/// Confined to the thread that reads.
final class RecordReader {
    private static final Set<String> ACTIONS = Set.of("forward", "redirect");

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> suspect = new ArrayList<>();

    List<Problem> problems() {
        return problems;
    }

    /// Whether the value at this path could not be read, so that what is said of it means nothing.
    boolean isSuspect(String path) {
        return suspect.stream()
                .anyMatch(bad ->
                        path.equals(bad)
                                || path.startsWith(bad + ".")
                                || path.startsWith(bad + "["));
    }

    void fault(String path, String message) {
        problems.add(new Problem(path, message));
        suspect.add(path);
    }

    /// Reads a value of the type, or null where it is absent or at fault.
    @Nullable Object read(@Nullable JsonNode node, Type type, String path) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            return generic(node, generic, path);
        }
        if (type == HealthMonitor.StatusRange.class) {
            return range(node, path);
        }
        if (type == RouteAction.class) {
            return action(node, path);
        }
        if (type == ResourceView.class) {
            return new ResourceReader(this).view(node, path);
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            return isObject(node, path) ? record(node, plain, path) : null;
        }
        return ScalarReader.read(this, node, type, path);
    }

    private @Nullable Object generic(JsonNode node, ParameterizedType type, String path) {
        if (type.getRawType() == Resource.class) {
            return new ResourceReader(this).resource(node, path);
        }
        if (type.getRawType() == List.class) {
            return list(node, type.getActualTypeArguments()[0], path);
        }
        return map(node, type.getActualTypeArguments()[1], path);
    }

    <T> List<T> list(JsonNode node, Class<T> elements) {
        List<T> typed = new ArrayList<>();
        List<?> read = list(node, (Type) elements, "");
        if (read != null) {
            read.forEach(element -> typed.add(elements.cast(element)));
        }
        return typed;
    }

    private @Nullable List<?> list(JsonNode node, Type elements, String path) {
        if (!node.isArray()) {
            fault(path, "must be a list, is " + ScalarReader.shape(node));
            return null;
        }
        List<Object> list = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            String at = path + "[" + i + "]";
            Object element = read(node.get(i), elements, at);
            if (element != null) {
                list.add(element);
            } else {
                if (node.get(i).isNull()) {
                    fault(at, "must not be null; remove it or give it a value");
                }
                suspect.add(path); // later elements moved up, their positions mean nothing now
            }
        }
        return list;
    }

    private @Nullable Map<String, Object> map(JsonNode node, Type values, String path) {
        if (!isObject(node, path)) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String at = under(path, entry.getKey());
            Object value = read(entry.getValue(), values, at);
            if (value != null) {
                map.put(entry.getKey(), value);
            } else if (entry.getValue().isNull()) {
                fault(at, "must not be null; remove it or give it a value");
            }
        }
        return map;
    }

    @Nullable Object record(JsonNode node, Class<?> type, String path) {
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknown(node, Arrays.stream(components).map(RecordComponent::getName).toList(), path);
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String at = under(path, component.getName());
            Object value = read(node.get(component.getName()), component.getGenericType(), at);
            values[i] = value != null ? value : absent(component, at);
        }
        return construct(type, values, path);
    }

    private @Nullable Object absent(RecordComponent component, String path) {
        Class<?> type = component.getType();
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class || type == long.class) {
            if (!isSuspect(path)) {
                fault(path, "is required");
            }
            return type == int.class ? (Object) 0 : (Object) 0L;
        }
        if (isNullable(component)) {
            return null;
        }
        return type == List.class ? List.of() : type == Map.class ? Map.of() : null;
    }

    private @Nullable Object construct(Class<?> type, @Nullable Object[] values, String path) {
        RecordComponent[] components = type.getRecordComponents();
        Object made = null;
        try {
            Class<?>[] types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            made = constructor.newInstance(values);
            for (int i = 0; i < components.length; i++) {
                components[i].getAccessor().setAccessible(true);
                values[i] = components[i].getAccessor().invoke(made);
            }
        } catch (InvocationTargetException refused) {
            Throwable cause = refused.getCause();
            if (cause instanceof IllegalArgumentException illegal) {
                fault(path, String.valueOf(illegal.getMessage()));
            }
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + ": cannot be made", impossible);
        }
        for (int i = 0; i < components.length; i++) {
            String at = under(path, components[i].getName());
            if (values[i] == null && !isNullable(components[i]) && !isSuspect(at)) {
                fault(at, "is required");
            }
        }
        return made;
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private @Nullable Object action(JsonNode node, String path) {
        if (!isObject(node, path)) {
            return null;
        }
        refuseUnknown(node, ACTIONS.stream().sorted().toList(), path);
        JsonNode forward = node.get("forward");
        JsonNode redirect = node.get("redirect");
        if ((forward == null) == (redirect == null)) {
            if (!isSuspect(path)) {
                fault(path, "must be either forward or redirect");
            }
            return null;
        }
        if (redirect != null) {
            return read(redirect, RouteAction.Redirect.class, under(path, "redirect"));
        }
        List<RouteAction.Weighted> groups = new ArrayList<>();
        List<?> read = list(forward, RouteAction.Weighted.class, under(path, "forward"));
        if (read == null) {
            return null;
        }
        read.forEach(group -> groups.add((RouteAction.Weighted) group));
        return new RouteAction.Forward(groups);
    }

    private HealthMonitor.@Nullable StatusRange range(JsonNode node, String path) {
        if (node.canConvertToInt() && node.isIntegralNumber()) {
            return new HealthMonitor.StatusRange(node.intValue(), node.intValue());
        }
        if (node.isTextual() && node.textValue().matches("\\d{3}-\\d{3}")) {
            return new HealthMonitor.StatusRange(
                    Integer.parseInt(node.textValue().substring(0, 3)),
                    Integer.parseInt(node.textValue().substring(4)));
        }
        fault(path, "must be a status such as 200 or a range such as 200-299");
        return null;
    }

    boolean isObject(JsonNode node, String path) {
        if (!node.isObject()) {
            fault(path, "must be an object, is " + ScalarReader.shape(node));
            return false;
        }
        return true;
    }

    void refuseUnknown(JsonNode node, List<String> known, String path) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String key = entry.getKey();
            if (!known.contains(key)) {
                Optional<String> near =
                        key.length() > 200 ? Optional.empty() : Names.nearest(key, known);
                fault(
                        under(path, ScalarReader.abbreviated(key)),
                        "is unknown; "
                                + near.map(name -> "did you mean '" + name + "'?")
                                        .orElse("known are " + String.join(", ", known)));
            }
        }
    }

    static String under(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// The record that describes a kind.
    static Class<?> specOf(Kind kind) {
        return switch (kind) {
            case CLUSTER -> dev.weir.model.Cluster.class;
            case NODE -> dev.weir.model.Node.class;
            case VIRTUAL_SERVER -> dev.weir.model.VirtualServer.class;
            case TARGET_GROUP -> dev.weir.model.TargetGroup.class;
            case CERTIFICATE -> dev.weir.model.Certificate.class;
        };
    }
}
