package dev.weir.agent.operation;

import dev.weir.model.FailureReason;

import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/// Profiles Envoy through its admin address.
///
/// Tried on Envoy 1.40: `/heap_dump` answers a pprof profile of the live heap. Its `/cpuprofiler`
/// answers 500 in the released builds, whose allocator is tcmalloc without gperftools.
public final class EnvoyProxyProfiler implements ProxyProfiler {
    private static final int MAX_BYTES = 64 << 20;

    private final Supplier<URI> admin;
    private final OkHttpClient http =
            new OkHttpClient.Builder()
                    .followRedirects(false)
                    .callTimeout(Duration.ofMinutes(1))
                    .build();

    /// @param admin the base address of Envoy's admin door, asked for each time
    public EnvoyProxyProfiler(Supplier<URI> admin) {
        this.admin = admin;
    }

    @Override
    public Captured capture(Kind kind, Duration duration, ArtifactDraft draft)
            throws IOException, OperationFailedException {
        return switch (kind) {
            case HEAP -> heap(draft);
            case CPU ->
                    throw unsupported(
                            "its released builds have no CPU profiler; choose profile heap, run"
                                    + " 'perf record -g' on its process, or use the embedded engine");
        };
    }

    private Captured heap(ArtifactDraft draft) throws IOException, OperationFailedException {
        URI base = admin.get();
        byte[] profile = fetched(base);
        draft.write(profile, 0, profile.length);
        return new Captured("pprof", PprofShape.of(draft, base.toString()).extension());
    }

    private byte[] fetched(URI base) throws OperationFailedException {
        HttpUrl url = HttpUrl.get(base.resolve("/heap_dump").toString());
        try (Response response = http.newCall(new Request.Builder().url(url).build()).execute();
                InputStream body = response.body().byteStream()) {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (response.code() == 501) {
                throw unsupported(
                        "this build has no heap profiler (%s); install a released build"
                                .formatted(
                                        ServerText.plain(
                                                new String(bytes, StandardCharsets.UTF_8))));
            }
            if (response.code() != 200) {
                throw failed(
                        FailureReason.UNEXPECTED_STATUS,
                        base,
                        "answered %d to /heap_dump; look into its log".formatted(response.code()));
            }
            if (bytes.length > MAX_BYTES) {
                throw failed(
                        FailureReason.PROFILE_TOO_LARGE,
                        base,
                        "its heap profile is larger than %d bytes; check that this is Envoy"
                                .formatted(MAX_BYTES));
            }
            return bytes;
        } catch (ConnectException refused) {
            throw failed(
                    FailureReason.CONNECTION_REFUSED,
                    base,
                    "its admin door does not answer; look whether it runs");
        } catch (InterruptedIOException silent) {
            throw failed(
                    FailureReason.TIMEOUT,
                    base,
                    "its admin door is silent; look whether its main thread is blocked");
        } catch (IOException lost) {
            throw failed(
                    FailureReason.CONNECTION_LOST,
                    base,
                    "the connection broke (%s); look whether it restarted"
                            .formatted(ServerText.plain(lost.getMessage())));
        }
    }

    private static OperationFailedException failed(FailureReason reason, URI base, String message) {
        return new OperationFailedException(reason, "Envoy %s: %s".formatted(base, message));
    }

    private static OperationFailedException unsupported(String message) {
        return new OperationFailedException(FailureReason.ENGINE_UNSUPPORTED, "Envoy: " + message);
    }
}
