package dev.weir.api;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.weir.model.Draft;
import dev.weir.model.Metadata;
import dev.weir.model.Resource;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Open and save is a no-op, whatever is in the document.
class RoundTripTest {
    private static final int ROUNDS = 2000;

    @Test
    void savingWhatWasOpenedChangesNothing() throws Exception {
        RandomDrafts drafts = new RandomDrafts(42);
        for (int round = 0; round < ROUNDS; round++) {
            Draft<?> draft = drafts.next();
            assertThat(draft.problems()).as("%s", draft).isEmpty();
            JsonNode answered = Documents.STANDARD.json(Documents.toJson(asAnswered(draft)));
            assertThat(Codec.readDraft(answered)).isEqualTo(draft);
            assertThat(Diff.between(draft, Codec.readDraft(answered))).isEmpty();
        }
    }

    @Test
    void yamlSaysTheSameAsJson() throws Exception {
        RandomDrafts drafts = new RandomDrafts(43);
        List<Draft<?>> written = new ArrayList<>();
        List<JsonNode> documents = new ArrayList<>();
        for (int round = 0; round < ROUNDS / 4; round++) {
            written.add(drafts.next());
            documents.add(Codec.write(written.getLast()));
        }
        byte[] yaml = Documents.toYaml(documents).getBytes(UTF_8);
        assertThat(Codec.readDrafts(Documents.STANDARD.yaml(yaml))).isEqualTo(written);
    }

    /// With what the server adds and an operator's save must not be disturbed by.
    private static JsonNode asAnswered(Draft<?> draft) {
        Instant now = Instant.parse("2026-11-23T08:00:00.123456Z");
        Metadata metadata = new Metadata(new UUID(1, 2), 7, 42, now, "ann", now, "bob");
        ObjectNode answer = (ObjectNode) Codec.write(Resource.of(draft, metadata));
        answer.putObject("status").put("provisioning", "pending").put("unknownToUs", true);
        return answer;
    }
}
