package dev.weir.agent;

import dev.weir.agent.AgentDoor.RefusedException;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.JvmProcess;
import dev.weir.model.InvalidException;
import dev.weir.model.OperationRunner;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What each path of the agent does.
record AgentHandlers(OperationRunner operations, Supplier<List<JvmProcess>> jvms) {

    void health(ServerRequest request, ServerResponse response) {
        AgentDoor.json(response, Map.of("status", "ok"));
    }

    void jvms(ServerRequest request, ServerResponse response) {
        AgentDoor.json(response, jvms.get());
    }

    void start(ServerRequest request, ServerResponse response)
            throws IOException, InvalidException, RefusedException {
        byte[] body =
                request.content().hasEntity()
                        ? Documents.STANDARD.bounded(request.content().inputStream())
                        : new byte[0];
        OperationRunner.Request asked =
                Codec.read(
                        Documents.STANDARD.json(body), OperationRunner.Request.class, "operation");
        if (!asked.runId().equals(runId(request))) {
            throw new RefusedException(
                    Status.BAD_REQUEST_400,
                    "runId: must be that of the path; send one id in both places");
        }
        try {
            AgentDoor.json(response, operations.start(asked));
        } catch (IllegalArgumentException badId) {
            throw new RefusedException(Status.BAD_REQUEST_400, String.valueOf(badId.getMessage()));
        }
    }

    void observe(ServerRequest request, ServerResponse response)
            throws IOException, RefusedException {
        OperationRunner.Observation observation =
                operations
                        .observe(runId(request))
                        .orElseThrow(() ->
                                new RefusedException(
                                        Status.NOT_FOUND_404,
                                        "run: this agent does not know it; it restarted or never heard of it"));
        AgentDoor.json(response, observation);
    }

    void cancel(ServerRequest request, ServerResponse response) throws IOException {
        operations.cancel(runId(request));
        response.status(Status.NO_CONTENT_204).send();
    }

    /// Streams the bytes. Where they break off, the answer is not completed, so that the caller
    /// cannot take a part for the whole.
    void artifact(ServerRequest request, ServerResponse response)
            throws IOException, RefusedException {
        Optional<InputStream> found =
                operations.open(request.path().pathParameters().get("sha256"));
        if (found.isEmpty()) {
            throw new RefusedException(
                    Status.NOT_FOUND_404, "artifact: is not here; it was collected or never kept");
        }
        try (InputStream bytes = found.get()) {
            response.header("Content-Type", "application/octet-stream");
            OutputStream out = response.outputStream();
            bytes.transferTo(out);
            out.close();
        } catch (IOException broken) {
            // the form of a failure that the door answers by cutting the connection
            throw new UncheckedIOException("the artifact breaks off", broken);
        }
    }

    static RefusedException unknownPath() {
        return new RefusedException(
                Status.NOT_FOUND_404, "path: the agent has no such page or method");
    }

    private static String runId(ServerRequest request) {
        return request.path().pathParameters().get("runId");
    }
}
