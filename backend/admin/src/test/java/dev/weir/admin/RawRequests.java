package dev.weir.admin;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.Documents;
import dev.weir.api.Trust;
import dev.weir.model.Secret;

import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import java.util.Map;

/// Requests as a stranger's program would send them.
final class RawRequests {
    private RawRequests() {}

    static JsonNode get(RunningAdmin running, Secret token, String path) throws Exception {
        try (Response response = send(running, token, "GET", path, null)) {
            return Documents.STANDARD.json(response.body().bytes());
        }
    }

    /// Sends a body of JSON, or none where it is null; the caller closes the answer.
    static Response send(
            RunningAdmin running, Secret token, String method, String path, byte[] body)
            throws Exception {
        Request request =
                request(running, token, path)
                        .method(
                                method,
                                body == null
                                        ? null
                                        : RequestBody.create(
                                                body, MediaType.get("application/json")))
                        .build();
        return http(running).newCall(request).execute();
    }

    /// Asks with headers of the caller's own; the caller closes the answer.
    static Response send(
            RunningAdmin running, Secret token, String path, Map<String, String> headers)
            throws Exception {
        Request.Builder request = request(running, token, path);
        headers.forEach(request::header);
        return http(running).newCall(request.build()).execute();
    }

    private static Request.Builder request(RunningAdmin running, Secret token, String path) {
        return new Request.Builder()
                .url("https://127.0.0.1:" + running.server().port() + path)
                .header("Authorization", "Bearer " + token.reveal())
                .header("X-Request-Id", "test-1");
    }

    private static OkHttpClient http(RunningAdmin running) {
        Trust trust = Trust.of(running.admin().authority().certificatePem());
        return new OkHttpClient.Builder()
                .sslSocketFactory(trust.context().getSocketFactory(), trust.manager())
                .build();
    }
}
