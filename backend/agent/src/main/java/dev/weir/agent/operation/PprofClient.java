package dev.weir.agent.operation;

import dev.weir.api.Trust;
import dev.weir.model.Credential;
import dev.weir.model.FailureReason;
import dev.weir.model.Secret;

import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Downloads one profile and gives each way in which that fails its own name.
///
/// Redirects are never followed and the system's proxy is never used, so that a token cannot reach
/// another host. The token goes only to the origins that its credential lists. Any thread.
final class PprofClient {
    private static final int SERVER_TEXT_BYTES = 4096;

    private final OkHttpClient http;
    private final Limits limits;

    /// When a download is given up.
    ///
    /// @param bytes the largest profile accepted
    /// @param connect time for a connection
    /// @param silence time without a byte, beyond the seconds that were asked for
    record Limits(long bytes, Duration connect, Duration silence) {}

    PprofClient(Limits limits) {
        this.limits = limits;
        this.http =
                new OkHttpClient.Builder()
                        .proxy(Proxy.NO_PROXY)
                        .dns(new GuardedDns())
                        .protocols(List.of(Protocol.HTTP_1_1))
                        .followRedirects(false)
                        .followSslRedirects(false)
                        .retryOnConnectionFailure(false)
                        .connectTimeout(limits.connect())
                        .build();
    }

    /// Writes the body of a 200 to the draft.
    ///
    /// @param expected how long the server is known to be silent before it answers
    void fetch(HttpUrl url, @Nullable Credential credential, Duration expected, ArtifactDraft draft)
            throws IOException, OperationFailedException {
        GuardedDns.refuseForbiddenLiteral(url.host());
        OkHttpClient.Builder client =
                http.newBuilder().readTimeout(expected.plus(limits.silence()));
        if (url.isHttps() && credential != null && credential.caPem() != null) {
            Trust trust = authority(credential.name(), credential.caPem());
            client.sslSocketFactory(trust.context().getSocketFactory(), trust.manager());
        }
        Secret token = tokenFor(url, credential);
        PprofFailures failures = new PprofFailures(url, credential, token != null);
        Call call = client.build().newCall(request(url, token));
        try (Response response = answer(call, failures)) {
            ResponseBody body = response.body();
            if (response.code() != 200) {
                throw failures.ofStatus(response, text(body));
            }
            receive(body, failures, draft);
        }
    }

    private static Response answer(Call call, PprofFailures failures)
            throws OperationFailedException {
        try {
            return call.execute();
        } catch (IOException failure) {
            throw failures.beforeAnswer(failure);
        }
    }

    private void receive(ResponseBody body, PprofFailures failures, ArtifactDraft draft)
            throws IOException, OperationFailedException {
        if (body.contentLength() > limits.bytes()) {
            throw failures.tooLarge(limits.bytes());
        }
        byte[] buffer = new byte[1 << 16];
        try (InputStream bytes = body.byteStream()) {
            for (int count = next(bytes, buffer, failures, draft);
                    count >= 0;
                    count = next(bytes, buffer, failures, draft)) {
                if (draft.bytes() + count > limits.bytes()) {
                    throw failures.tooLarge(limits.bytes());
                }
                draft.write(buffer, 0, count);
            }
        }
        if (draft.bytes() == 0) {
            throw failures.empty();
        }
    }

    /// Reads apart from writing, so that a broken connection is told from a full disk.
    private static int next(
            InputStream bytes, byte[] buffer, PprofFailures failures, ArtifactDraft draft)
            throws OperationFailedException {
        try {
            return bytes.read(buffer);
        } catch (IOException failure) {
            throw failures.whileReading(failure, draft.bytes());
        }
    }

    private static Request request(HttpUrl url, @Nullable Secret token) {
        Request.Builder request =
                new Request.Builder()
                        .url(url)
                        // the artifact is what the program sent, byte for byte
                        .header("Accept-Encoding", "identity")
                        .header("Connection", "close");
        if (token != null) {
            request.header("Authorization", "Bearer " + token.reveal());
        }
        return request.build();
    }

    private static @Nullable Secret tokenFor(HttpUrl url, @Nullable Credential credential) {
        if (credential == null || credential.token() == null || !url.isHttps()) {
            return null;
        }
        return credential.origins().stream()
                        .map(HttpUrl::parse)
                        .anyMatch(origin ->
                                origin != null
                                        && origin.isHttps()
                                        && origin.host().equals(url.host())
                                        && origin.port() == url.port())
                ? credential.token()
                : null;
    }

    private static Trust authority(String credential, String pem) throws OperationFailedException {
        try {
            return Trust.of(pem);
        } catch (IllegalArgumentException unusable) {
            throw new OperationFailedException(
                    FailureReason.INVALID_PARAMETER,
                    "credential %s: %s; store the authority's certificates"
                            .formatted(credential, unusable.getMessage()));
        }
    }

    private static String text(ResponseBody body) {
        try (InputStream bytes = body.byteStream()) {
            return new String(bytes.readNBytes(SERVER_TEXT_BYTES), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
