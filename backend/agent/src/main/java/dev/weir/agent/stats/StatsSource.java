package dev.weir.agent.stats;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Reads an engine's metrics from its admin address, over one connection that is kept.
///
/// Confined to the thread that scrapes.
final class StatsSource implements AutoCloseable {
    private static final long MAX_BYTES = 256L << 20;

    private final HttpClient client;
    private final HttpRequest request;
    private final LongSupplier nanoTime;

    /// @param admin base address of the engine's admin door
    /// @param timeout for one scrape
    StatsSource(URI admin, Duration timeout, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .build();
        String filter = URLEncoder.encode(Family.ENVOY_STATS, StandardCharsets.UTF_8);
        request =
                HttpRequest.newBuilder(admin.resolve("/stats/prometheus?usedonly&filter=" + filter))
                        .timeout(timeout)
                        .build();
    }

    /// Asks once and reads the whole answer.
    StatsSnapshot scrape() throws IOException, InterruptedException {
        long asked = nanoTime.getAsLong();
        HttpResponse<InputStream> response =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(
                        "metrics of "
                                + request.uri().getAuthority()
                                + ": answered "
                                + response.statusCode());
            }
            return StatsReader.read(body, MAX_BYTES, asked);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
