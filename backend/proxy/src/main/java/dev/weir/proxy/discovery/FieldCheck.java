package dev.weir.proxy.discovery;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Collects what is wrong with one resource, each as `name: field: what`.
///
/// A field that is set and not read here would be configuration ignored in silence, so it is a
/// problem too.
final class FieldCheck {
    private final String resource;
    private final List<String> problems = new ArrayList<>();

    FieldCheck(String resource) {
        this.resource = resource;
    }

    List<String> problems() {
        return problems;
    }

    /// Adds a problem with the field at `path`.
    void refuse(String path, String what) {
        problems.add(resource + ": " + (path.isEmpty() ? "" : path + ": ") + what);
    }

    /// Adds the problem unless `holds`.
    void require(boolean holds, String path, String what) {
        if (!holds) {
            refuse(path, what);
        }
    }

    /// Refuses every field that is set and not among `known`.
    void only(MessageOrBuilder message, String path, Set<String> known) {
        for (FieldDescriptor field : message.getAllFields().keySet()) {
            if (!known.contains(field.getName())) {
                refuse(
                        join(path, field.getName()),
                        "is not supported by the embedded proxy; remove it or use Envoy");
            }
        }
        message.getUnknownFields()
                .asMap()
                .keySet()
                .forEach(number -> refuse(join(path, "#" + number), "is an unknown field"));
    }

    /// Unpacks an `Any` that must hold this type; null after adding a problem.
    <T extends Message> @Nullable T unpack(Any any, Class<T> type, String path) {
        try {
            if (any.is(type)) {
                return any.unpack(type);
            }
            refuse(
                    path,
                    "holds "
                            + any.getTypeUrl()
                            + ", which is not supported by the embedded proxy; use "
                            + type.getSimpleName());
        } catch (InvalidProtocolBufferException e) {
            refuse(path, "cannot be read: " + e.getMessage());
        }
        return null;
    }

    static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
