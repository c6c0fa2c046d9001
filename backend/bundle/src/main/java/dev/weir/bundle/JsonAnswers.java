package dev.weir.bundle;

import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.ProblemDetails;
import dev.weir.model.Problem;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.util.List;

/// How the bundle's own doors answer: JSON, and problem details (RFC 9457) for what they refuse.
final class JsonAnswers {
    private JsonAnswers() {}

    /// @param answer may hold secrets: it goes to the one who must know them
    static void send(ServerResponse response, Object answer) {
        response.header("Content-Type", "application/json");
        response.send(Documents.toJson(Codec.writeWithSecrets(answer)));
    }

    static void refuse(
            ServerRequest request,
            ServerResponse response,
            Status status,
            String detail,
            List<Problem> errors) {
        response.status(status);
        response.header("Content-Type", ProblemDetails.MEDIA_TYPE);
        response.send(
                Documents.toJson(
                        Codec.write(
                                ProblemDetails.ofStatus(
                                        status.code(),
                                        status.reasonPhrase(),
                                        detail,
                                        request.path().path(),
                                        errors))));
    }
}
