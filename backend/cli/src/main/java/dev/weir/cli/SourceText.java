package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.ApiException;
import dev.weir.api.Documents;
import dev.weir.model.InvalidException;
import dev.weir.model.Kind;
import dev.weir.model.Problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The YAML documents that a user hands to a command, and the way back from a problem's path to the
/// place in the user's own text.
///
/// @param file as the user named it; `-` is standard input
record SourceText(String file, String text, List<JsonNode> documents) {
    private static final Pattern PLACE = Pattern.compile("\\[(\\d{1,9})]\\.?(.*)", Pattern.DOTALL);

    /// @throws RefusedTextException where the text is no YAML, with the line
    static SourceText read(Surroundings surroundings, String file)
            throws IOException, RefusedTextException {
        byte[] bytes = surroundings.read(file);
        try {
            return new SourceText(
                    file,
                    new String(bytes, StandardCharsets.UTF_8),
                    Documents.STANDARD.yaml(bytes));
        } catch (InvalidException malformed) {
            throw new RefusedTextException(
                    called(file) + ": is not YAML", malformed.problems(), ExitCode.REFUSED);
        }
    }

    /// The problems with `[1]` replaced by the document's kind and name.
    List<Problem> located(List<Problem> problems) {
        List<Problem> located = new ArrayList<>();
        for (Problem problem : problems) {
            Matcher place = PLACE.matcher(problem.path());
            located.add(
                    place.matches()
                            ? new Problem(
                                    (document(Integer.parseInt(place.group(1)))
                                                    + ": "
                                                    + place.group(2))
                                            .strip(),
                                    problem.message())
                            : problem);
        }
        return located;
    }

    /// What the server says of the text, in terms of the text; other refusals as they are.
    Exception blame(ApiException refused) {
        return refused.errors().isEmpty()
                ? refused
                : new RefusedTextException(
                        called() + ": is not valid",
                        located(refused.errors()),
                        ExitCode.of(refused));
    }

    /// The file as error messages call it.
    String called() {
        return called(file);
    }

    private static String called(String file) {
        return file.equals("-") ? "standard input" : "file " + file;
    }

    private String document(int index) {
        JsonNode document = index < documents.size() ? documents.get(index) : null;
        String kind = document == null ? "" : document.path("kind").asText("");
        String name = document == null ? "" : document.path("name").asText("");
        String words = Kind.ofDocument(kind).map(Kind::words).orElse(kind);
        String title = (words + " " + name).strip();
        return title.isEmpty() ? "document " + (index + 1) : title;
    }
}
