package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Which node a certificate was issued to: in it as a subject alternative name of the type URI (RFC
/// 5280 §4.2.1.6), `urn:uuid:` with the node's id (RFC 9562 §4).
///
/// The id and not the name, because a node that is deleted and declared again has another: its old
/// certificate is worth nothing from the deletion on, and no list of revoked ones is needed.
public record NodeIdentity(UUID id) {
    /// Of the agents on the machine of the admin, which may be any node.
    public static final NodeIdentity ANY = new NodeIdentity(new UUID(0, 0));

    private static final String PREFIX = "urn:uuid:";
    private static final int URI_NAME = 6;

    public static NodeIdentity of(Resource<Node> node) {
        return new NodeIdentity(node.metadata().id());
    }

    /// What a certificate says; empty where it names no node.
    ///
    /// @param names as `X509Certificate` tells its subject alternative names: pairs of a type and a
    ///   name, or null where there are none
    public static Optional<NodeIdentity> among(@Nullable Collection<List<?>> names) {
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            if (name.getFirst() instanceof Integer type
                    && type == URI_NAME
                    && name.getLast() instanceof String text) {
                return parse(text);
            }
        }
        return Optional.empty();
    }

    /// Reads what [#uri] writes.
    public static Optional<NodeIdentity> parse(String uri) {
        if (!uri.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            NodeIdentity identity =
                    new NodeIdentity(UUID.fromString(uri.substring(PREFIX.length())));
            // UUID.fromString also reads shortened forms
            return Optional.of(identity).filter(read -> read.uri().toString().equals(uri));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    public URI uri() {
        return URI.create(PREFIX + id);
    }

    /// Whether its holder may speak for a node, as that is declared now; null where it is not.
    public boolean isOf(@Nullable Resource<Node> node) {
        return equals(ANY) || (node != null && node.metadata().id().equals(id));
    }
}
