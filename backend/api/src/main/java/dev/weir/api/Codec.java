package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.model.Draft;
import dev.weir.model.InvalidException;
import dev.weir.model.Problem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Between records and trees: the model's and the contract's records, by the names of their
/// components. Any thread.
public final class Codec {
    private static final RecordWriter WITHOUT_SECRETS = new RecordWriter(false);
    private static final RecordWriter WITH_SECRETS = new RecordWriter(true);

    private Codec() {}

    /// The tree of a record, list or map; secrets are left out.
    public static JsonNode write(Object value) {
        return written(WITHOUT_SECRETS.write(value));
    }

    /// The tree with its secrets, for the way to the one who must know them.
    public static JsonNode writeWithSecrets(Object value) {
        return written(WITH_SECRETS.write(value));
    }

    /// Reads one record.
    ///
    /// @param object what it is, for the error message
    /// @throws InvalidException with every problem of form; the rules of the record are not judged
    public static <T> T read(JsonNode node, Class<T> type, String object) throws InvalidException {
        RecordReader reader = new RecordReader();
        Object value = reader.read(node, type, "");
        return type.cast(checked(value, reader.problems(), object));
    }

    /// Reads a list of records.
    public static <T> List<T> readList(JsonNode node, Class<T> elements, String object)
            throws InvalidException {
        RecordReader reader = new RecordReader();
        List<T> list = reader.list(node, elements);
        return checked(list, reader.problems(), object);
    }

    /// Reads what an operator wrote; `metadata` and `status` are ignored, so that an answer can be
    /// sent back as it came.
    ///
    /// @throws InvalidException with every problem of the form and of the draft itself
    public static Draft<?> readDraft(JsonNode node) throws InvalidException {
        RecordReader reader = new RecordReader();
        Draft<?> draft = new ResourceReader(reader).draft(node);
        String object = node.path("kind").asText("document") + " " + node.path("name").asText("");
        return checked(draft, reader.problems(), ScalarReader.abbreviated(object.strip()));
    }

    /// Reads several documents and names the place of each problem: `[2].spec.port`.
    public static List<Draft<?>> readDrafts(List<JsonNode> documents) throws InvalidException {
        List<Draft<?>> drafts = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            try {
                drafts.add(readDraft(documents.get(i)));
            } catch (InvalidException invalid) {
                for (Problem problem : invalid.problems()) {
                    problems.add(problem.under("[" + i + "]"));
                }
            }
        }
        return checked(drafts, problems, "documents");
    }

    private static JsonNode written(@Nullable JsonNode node) {
        return node == null ? com.fasterxml.jackson.databind.node.NullNode.getInstance() : node;
    }

    private static <T> T checked(@Nullable T value, List<Problem> problems, String object)
            throws InvalidException {
        if (!problems.isEmpty()) {
            throw new InvalidException(object, problems);
        }
        if (value == null) {
            throw new InvalidException(object, List.of(new Problem("", "must not be null")));
        }
        return value;
    }
}
