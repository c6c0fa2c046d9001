package dev.weir.agent.operation;

import dev.weir.model.FailureReason;

import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/// Profiles Envoy through its admin address.
///
/// Tried on Envoy 1.40: `/heap_dump` answers a pprof profile of the live heap. Its `/cpuprofiler`
/// answers 500 in the released builds, whose allocator is tcmalloc without gperftools.
public final class EnvoyProxyProfiler implements ProxyProfiler {
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
        HttpUrl url = HttpUrl.get(base.resolve("/heap_dump").toString());
        try (Response response = http.newCall(new Request.Builder().url(url).build()).execute()) {
            if (response.code() == 501) {
                throw unsupported(
                        "this build has no heap profiler (%s); install a released build"
                                .formatted(ServerText.plain(response.body().string())));
            }
            if (response.code() != 200) {
                throw new OperationFailedException(
                        FailureReason.UNEXPECTED_STATUS,
                        "Envoy %s: answered %d to /heap_dump; look into its log"
                                .formatted(base, response.code()));
            }
            try (InputStream bytes = response.body().byteStream()) {
                draft.writeAll(bytes);
            }
        } catch (java.net.ConnectException refused) {
            throw new OperationFailedException(
                    FailureReason.CONNECTION_REFUSED,
                    "Envoy %s: its admin door does not answer; look whether it runs"
                            .formatted(base));
        }
        return new Captured("pprof", PprofShape.of(draft, base.toString()).extension());
    }

    private static OperationFailedException unsupported(String message) {
        return new OperationFailedException(FailureReason.ENGINE_UNSUPPORTED, "Envoy: " + message);
    }
}
