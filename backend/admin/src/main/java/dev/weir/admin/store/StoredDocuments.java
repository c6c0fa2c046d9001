package dev.weir.admin.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.ResourceView;
import dev.weir.model.InvalidException;
import dev.weir.model.Resource;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/// Records as JSON in columns, their secret sealed.
record StoredDocuments(Vault vault) {
    private static final Documents TRUSTED = new Documents(256 * 1024 * 1024, 100);

    String resource(Resource<?> resource) {
        JsonNode node = Codec.writeWithSecrets(resource);
        seal(node.path("spec"), "privateKey");
        return text(node);
    }

    Resource<?> resource(String text) {
        JsonNode node = parse(text);
        unseal(node.path("spec"), "privateKey");
        return read(node, ResourceView.class).resource();
    }

    @Nullable Resource<?> resourceOrNull(@Nullable String text) {
        return text == null ? null : resource(text);
    }

    /// Any record whose only secret, if it has one, is its `token`.
    String record(Record record) {
        JsonNode node = Codec.writeWithSecrets(record);
        seal(node, "token");
        return text(node);
    }

    <T extends Record> T record(String text, Class<T> type) {
        JsonNode node = parse(text);
        unseal(node, "token");
        return read(node, type);
    }

    private void seal(JsonNode object, String field) {
        JsonNode secret = object.get(field);
        if (secret != null && object instanceof ObjectNode parent) {
            parent.put(field, vault.seal(new Secret(secret.textValue())));
        }
    }

    private void unseal(JsonNode object, String field) {
        JsonNode sealed = object.get(field);
        if (sealed != null && object instanceof ObjectNode parent) {
            parent.put(field, vault.unseal(sealed.textValue()).reveal());
        }
    }

    private static String text(JsonNode node) {
        return new String(Documents.toJson(node), StandardCharsets.UTF_8);
    }

    private static JsonNode parse(String text) {
        try {
            return TRUSTED.json(text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidException corrupt) {
            throw new IllegalStateException("database: holds a document that is no JSON", corrupt);
        }
    }

    private static <T> T read(JsonNode node, Class<T> type) {
        try {
            return Codec.read(node, type, "stored document");
        } catch (InvalidException corrupt) {
            throw new IllegalStateException(
                    "database: holds a document of another version of Weir; use the version that"
                            + " wrote it",
                    corrupt);
        }
    }
}
