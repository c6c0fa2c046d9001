package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Resource;

import java.util.ArrayList;
import java.util.List;

/// A whole cluster as documents that can be applied elsewhere or again.
public final class Export {
    private static final List<Kind> ORDER =
            List.of(
                    Kind.CLUSTER,
                    Kind.NODE,
                    Kind.CERTIFICATE,
                    Kind.TARGET_GROUP,
                    Kind.VIRTUAL_SERVER);

    private Export() {}

    /// What operators wrote, each thing before those that name it, without private keys: applied
    /// where the certificates are known, the stored keys stay.
    public static List<JsonNode> documents(Configuration configuration) {
        List<JsonNode> documents = new ArrayList<>();
        for (Kind kind : ORDER) {
            for (Resource<?> resource : configuration.all(kind).values()) {
                documents.add(Codec.write(resource.draft()));
            }
        }
        return documents;
    }
}
