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
        Trust trust = Trust.of(running.admin().authority().certificatePem());
        OkHttpClient http =
                new OkHttpClient.Builder()
                        .sslSocketFactory(trust.context().getSocketFactory(), trust.manager())
                        .build();
        Request request =
                new Request.Builder()
                        .url("https://127.0.0.1:" + running.server().port() + path)
                        .header("Authorization", "Bearer " + token.reveal())
                        .header("X-Request-Id", "test-1")
                        .method(
                                method,
                                body == null
                                        ? null
                                        : RequestBody.create(
                                                body, MediaType.get("application/json")))
                        .build();
        return http.newCall(request).execute();
    }
}
