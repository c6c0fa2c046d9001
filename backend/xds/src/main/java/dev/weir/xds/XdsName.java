package dev.weir.xds;

import dev.weir.model.Kind;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The name of an xDS resource, which carries the identity of the object it came from: `vs/<id>`
/// for listeners and route configurations, `tg/<id>` for clusters and load assignments, `cert/<id>`
/// for secrets.
///
/// An object's own name is not used because it can be deleted and created again with another
/// meaning while a node still holds the old resource.
public record XdsName(Kind kind, UUID id) {
    private static final List<Kind> KINDS =
            List.of(Kind.VIRTUAL_SERVER, Kind.TARGET_GROUP, Kind.CERTIFICATE);

    public XdsName {
        prefix(kind);
    }

    public static XdsName virtualServer(UUID id) {
        return new XdsName(Kind.VIRTUAL_SERVER, id);
    }

    public static XdsName targetGroup(UUID id) {
        return new XdsName(Kind.TARGET_GROUP, id);
    }

    public static XdsName certificate(UUID id) {
        return new XdsName(Kind.CERTIFICATE, id);
    }

    /// The object that a resource name speaks of, or empty where it is not one of ours.
    public static Optional<XdsName> parse(String text) {
        for (Kind kind : KINDS) {
            String prefix = prefix(kind);
            if (text.startsWith(prefix)) {
                return id(text.substring(prefix.length())).map(id -> new XdsName(kind, id));
            }
        }
        return Optional.empty();
    }

    /// `stat_prefix` of the listener and of its connection manager: `vs_<index>`.
    public static String virtualServerStatistics(int index) {
        return "vs_" + index;
    }

    /// `alt_stat_name` of the cluster: `tg_<index>`.
    public static String targetGroupStatistics(int index) {
        return "tg_" + index;
    }

    @Override
    public String toString() {
        return prefix(kind) + id;
    }

    private static String prefix(Kind kind) {
        return switch (kind) {
            case VIRTUAL_SERVER -> "vs/";
            case TARGET_GROUP -> "tg/";
            case CERTIFICATE -> "cert/";
            case CLUSTER, NODE ->
                    throw new IllegalArgumentException(kind.words() + ": has no xDS resource");
        };
    }

    private static Optional<UUID> id(String text) {
        try {
            UUID id = UUID.fromString(text);
            // UUID.fromString also reads shortened forms, which would be a second name
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
