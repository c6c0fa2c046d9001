package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.model.InvalidException;
import dev.weir.model.Secret;

import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The part of both clients that speaks HTTP: address, trust, token, problems. Any thread.
final class Http {
    private static final MediaType JSON = MediaType.get("application/json");

    private final Connection connection;
    private final HttpUrl base;
    private final OkHttpClient client;
    private final Documents documents = new Documents(64 * 1024 * 1024, 64);

    Http(Connection connection) {
        this(connection, chain -> chain.proceed(chain.request()));
    }

    /// @param guard is asked before each request, once it is known whose certificate the server has
    Http(Connection connection, Interceptor guard) {
        this.connection = connection;
        HttpUrl parsed = HttpUrl.get(connection.base());
        if (parsed == null) {
            throw new IllegalArgumentException(
                    "server address: must be http or https (%s); write https://host:port"
                            .formatted(connection.base()));
        }
        base = parsed;
        OkHttpClient.Builder builder =
                new OkHttpClient.Builder()
                        .connectTimeout(connection.connectTimeout())
                        .readTimeout(connection.readTimeout())
                        .writeTimeout(connection.readTimeout())
                        .followRedirects(false)
                        .addNetworkInterceptor(guard);
        if (connection.caPem() != null) {
            Trust trust = Trust.of(connection.caPem());
            builder.sslSocketFactory(trust.context().getSocketFactory(), trust.manager());
        }
        client = builder.build();
    }

    private Http(Connection connection, Http shared) {
        this.connection = connection;
        this.base = shared.base;
        this.client = shared.client;
    }

    /// The same connections under another token.
    Http withToken(@Nullable Secret token) {
        return new Http(connection.withToken(token), this);
    }

    Connection connection() {
        return connection;
    }

    OkHttpClient client() {
        return client;
    }

    /// What is to be sent, begun.
    Request.Builder request(String path, Map<String, String> query) {
        HttpUrl.Builder url = base.newBuilder().encodedPath(path);
        query.forEach(url::addQueryParameter);
        Request.Builder request =
                new Request.Builder().url(url.build()).header("User-Agent", connection.userAgent());
        Secret token = connection.token();
        return token == null
                ? request
                : request.header("Authorization", "Bearer " + token.reveal());
    }

    static RequestBody body(JsonNode node) {
        return RequestBody.create(Documents.toJson(node), JSON);
    }

    /// Sends the request; the caller closes the answer, which is one of success.
    Response send(Request request) throws IOException {
        Response response = client.newCall(request).execute();
        if (response.isSuccessful()) {
            return response;
        }
        try (response) {
            throw new ApiException(problem(request, response));
        }
    }

    /// Sends the request and reads the answer as JSON; empty answers are null nodes.
    Answer exchange(Request request) throws IOException {
        try (Response response = send(request)) {
            byte[] bytes = bytes(response);
            JsonNode node =
                    bytes.length == 0
                            ? com.fasterxml.jackson.databind.node.NullNode.getInstance()
                            : documents.json(bytes);
            return new Answer(node, header(response, "ETag"));
        } catch (InvalidException invalid) {
            throw unreadable(request, invalid);
        }
    }

    <T> T exchange(Request request, Class<T> type) throws IOException {
        return read(request, exchange(request).node(), type);
    }

    <T> T read(Request request, JsonNode node, Class<T> type) throws IOException {
        try {
            return Codec.read(node, type, "answer");
        } catch (InvalidException invalid) {
            throw unreadable(request, invalid);
        }
    }

    <T> List<T> readList(Request request, JsonNode node, Class<T> type) throws IOException {
        try {
            return Codec.readList(node, type, "answer");
        } catch (InvalidException invalid) {
            throw unreadable(request, invalid);
        }
    }

    private static String header(Response response, String name) {
        String value = response.header(name);
        return value == null ? "" : value;
    }

    private static IOException unreadable(Request request, InvalidException invalid) {
        return new IOException(
                "%s %s: the answer is not of this version's form (%s); use the same version on both sides"
                        .formatted(
                                request.method(),
                                request.url().encodedPath(),
                                invalid.getMessage()),
                invalid);
    }

    private byte[] bytes(Response response) throws InvalidException, IOException {
        ResponseBody body = response.body();
        return documents.bounded(body.byteStream());
    }

    private ProblemDetails problem(Request request, Response response) {
        try {
            byte[] bytes = bytes(response);
            return Codec.read(documents.json(bytes), ProblemDetails.class, "problem");
        } catch (InvalidException | IOException notOurs) {
            return new ProblemDetails(
                    "about:blank",
                    response.message(),
                    response.code(),
                    "%s %s: the server answered %d"
                            .formatted(
                                    request.method(), request.url().encodedPath(), response.code()),
                    request.url().encodedPath(),
                    header(response, ApiPaths.REQUEST_ID_HEADER),
                    List.of());
        }
    }

    /// An answer of success.
    ///
    /// @param etag empty where the answer has none
    record Answer(JsonNode node, String etag) {}
}
