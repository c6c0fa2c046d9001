package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Connection;
import dev.weir.api.ResourceView;
import dev.weir.api.Versioned;
import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.model.Secret;
import dev.weir.model.Spec;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// An operator at work on a lab: makes virtual servers and target groups through REST, and is a
/// client of them.
final class Site implements AutoCloseable {
    static final String CLUSTER = "lab";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WeirClient client;
    private final OkHttpClient http =
            new OkHttpClient.Builder()
                    .followRedirects(false)
                    .retryOnConnectionFailure(false)
                    .readTimeout(Duration.ofSeconds(15))
                    .build();
    private final List<Reference> made = new ArrayList<>();

    Site(Lab lab) throws IOException {
        client = client(lab);
    }

    static WeirClient client(Lab lab) throws IOException {
        return new WeirClient(
                Connection.of(
                        lab.ready().admin(),
                        Files.readString(Path.of(lab.ready().ca())),
                        new Secret(Files.readString(Path.of(lab.ready().tokenFile())).strip()),
                        "weir-e2e"));
    }

    WeirClient client() {
        return client;
    }

    OkHttpClient http() {
        return http;
    }

    /// Creates or replaces a resource, whatever its revision is.
    <S extends Spec> ResourceView put(String name, S spec) throws IOException {
        Draft<S> draft = Draft.of(name, spec);
        boolean exists = made.contains(new Reference(draft.kind(), name));
        WriteOptions options =
                exists
                        ? WriteOptions.replacing(client.get(CLUSTER, draft.kind(), name).etag())
                        : WriteOptions.CREATE;
        Versioned<ResourceView> written = client.put(CLUSTER, draft, options);
        if (!exists) {
            made.add(new Reference(draft.kind(), name));
        }
        return written.value();
    }

    void delete(Kind kind, String name) throws IOException {
        client.delete(
                CLUSTER,
                new Reference(kind, name),
                WriteOptions.replacing(client.get(CLUSTER, kind, name).etag()));
        made.remove(new Reference(kind, name));
    }

    /// Deletes all that was made here, users before what they use.
    void clear() throws IOException {
        for (Reference reference : List.copyOf(made).reversed()) {
            delete(reference.kind(), reference.name());
        }
    }

    static TargetGroup group(Backend... backends) {
        List<Target> targets = new ArrayList<>();
        for (Backend backend : backends) {
            targets.add(
                    new Target(
                            backend.name(),
                            "127.0.0.1",
                            backend.port(),
                            1,
                            Target.AdminState.ENABLED));
        }
        return new TargetGroup(
                TargetGroup.Algorithm.ROUND_ROBIN, null, Duration.ofSeconds(1), targets);
    }

    static VirtualServer http(int port, String targetGroup, RouteRule... rules) {
        return new VirtualServer(
                "127.0.0.1",
                port,
                VirtualServer.Protocol.HTTP,
                VirtualServer.AdminState.ENABLED,
                List.of(),
                null,
                List.of(rules),
                targetGroup);
    }

    /// One that sends every request elsewhere.
    static VirtualServer redirecting(int port, String path) {
        return http(
                port,
                null,
                new RouteRule(
                        "to",
                        RouteMatch.EVERYTHING,
                        new RouteAction.Redirect(null, null, null, path, 302, false)));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /// What a client sees.
    record Answer(int status, String body, String location) {}

    Answer get(int port, String path) throws IOException {
        return send(new Request.Builder().url(at(port, path).toString()).build());
    }

    Answer get(int port, String host, String path) throws IOException {
        return send(
                new Request.Builder().url(at(port, path).toString()).header("Host", host).build());
    }

    Answer send(Request request) throws IOException {
        try (Response response = http.newCall(request).execute()) {
            return new Answer(
                    response.code(), response.body().string(), response.header("Location", ""));
        }
    }

    /// Waits until traffic shows the edit.
    void awaitAnswer(int port, String path, int status, String body) {
        await(
                "GET %s on %d answers %d '%s'".formatted(path, port, status, body),
                () -> {
                    Answer answer = get(port, path);
                    return answer.status() == status && answer.body().equals(body);
                });
    }

    /// Tries until it holds, at most 20 s; failures of the attempt count as not yet.
    static void await(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Exception last = null;
        while (System.nanoTime() < deadline) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception notYet) {
                last = notYet;
            }
            pause();
        }
        assertThat(last).as("in time: %s; last failure", what).isNull();
        throw new AssertionError("not in time: " + what);
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        client.close();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }
}
