package dev.weir.agent.supervise;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// The few things that are asked of Envoy's admin door.
final class EnvoyAdmin implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .build();

    /// Whether Envoy has initialised and takes traffic (`/ready`).
    boolean ready(URI admin) throws InterruptedException {
        try {
            return client.send(
                                    request(admin, "/ready").build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notThere) {
            return false;
        }
    }

    /// Asks Envoy to take no new connections and to end the old ones after their requests.
    void drain(URI admin) throws InterruptedException {
        try {
            client.send(
                    request(admin, "/drain_listeners?graceful")
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException notThere) {
            // then there is nothing to drain
        }
    }

    /// Open connections of clients; 0 where Envoy does not answer.
    long connections(URI admin) throws InterruptedException {
        try {
            String stats =
                    client.send(
                                    request(
                                                    admin,
                                                    "/stats?filter=%5Elistener%5C.vs_.*downstream_cx_active%24")
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            return stats.lines()
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .filter(value -> value.matches("\\d{1,18}"))
                    .mapToLong(Long::parseLong)
                    .sum();
        } catch (IOException notThere) {
            return 0;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static HttpRequest.Builder request(URI admin, String path) {
        return HttpRequest.newBuilder(admin.resolve(path)).timeout(TIMEOUT);
    }
}
