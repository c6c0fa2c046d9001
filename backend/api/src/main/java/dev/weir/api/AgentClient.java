package dev.weir.api;

import com.fasterxml.jackson.databind.node.NullNode;

import dev.weir.model.OperationRunner;

import okhttp3.Response;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs operations on a node through its agent's HTTPS door. Blocking; any thread.
public final class AgentClient implements OperationRunner {
    private final Http http;

    public AgentClient(Connection connection) {
        http = new Http(connection);
    }

    @Override
    public Observation start(Request request) throws IOException {
        okhttp3.Request put =
                http.request(operation(request.runId()), Map.of())
                        .put(Http.body(Codec.writeWithSecrets(request)))
                        .build();
        return http.exchange(put, Observation.class);
    }

    @Override
    public Optional<Observation> observe(String runId) throws IOException {
        okhttp3.Request get = http.request(operation(runId), Map.of()).build();
        try {
            return Optional.of(http.exchange(get, Observation.class));
        } catch (ApiException refused) {
            return absent(refused);
        }
    }

    @Override
    public void cancel(String runId) throws IOException {
        okhttp3.Request post =
                http.request(operation(runId) + ":cancel", Map.of())
                        .post(Http.body(NullNode.getInstance()))
                        .build();
        try {
            http.exchange(post);
        } catch (ApiException refused) {
            if (refused.status() != 404) {
                throw refused;
            }
        }
    }

    @Override
    public Optional<InputStream> open(String sha256) throws IOException {
        okhttp3.Request get =
                http.request(ApiPaths.ARTIFACTS + "/" + ApiPaths.segment(sha256), Map.of()).build();
        try {
            return Optional.of(stream(http.send(get)));
        } catch (ApiException refused) {
            return absent(refused);
        }
    }

    /// Java processes of the node that can be recorded.
    public List<JvmProcess> jvms() throws IOException {
        okhttp3.Request get = http.request(ApiPaths.JVMS, Map.of()).build();
        return http.readList(get, http.exchange(get).node(), JvmProcess.class);
    }

    /// The body of an answer; closing it closes the answer.
    static InputStream stream(Response response) {
        return new FilterInputStream(response.body().byteStream()) {
            @Override
            public void close() {
                response.close();
            }
        };
    }

    private static String operation(String runId) {
        return ApiPaths.OPERATIONS + "/" + ApiPaths.segment(runId);
    }

    private static <T> Optional<T> absent(ApiException refused) throws ApiException {
        if (refused.status() == 404) {
            return Optional.empty();
        }
        throw refused;
    }
}
