package dev.weir.admin;

import dev.weir.admin.auth.Identity;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.ProblemDetails;
import dev.weir.api.RevisionSummary;
import dev.weir.model.Configuration;
import dev.weir.model.DiagnosisRuns;
import dev.weir.model.Revision;
import dev.weir.model.RevisionSource;
import dev.weir.model.RolloutStatusSource;
import dev.weir.model.Subscription;

import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/// The REST door of the operators. Each request runs on a virtual thread of its own.
public final class AdminServer implements AutoCloseable {
    private static final long MAX_BODY = 8L * 1024 * 1024;

    private final Realm realm;
    private final List<Route> routes;
    private final Dispatcher dispatcher;
    private final WebServer server;
    private final List<Subscription> subscriptions = new ArrayList<>();

    AdminServer(Realm realm, Auditor auditor, Binding binding) {
        this.realm = realm;
        this.routes = routes(realm);
        this.dispatcher =
                new Dispatcher(
                        realm.accounts().tokens(), auditor, () -> UUID.randomUUID().toString());
        WebServerConfig.Builder config =
                WebServer.builder()
                        .shutdownHook(false)
                        .address(binding.address())
                        .port(binding.port())
                        .maxPayloadSize(MAX_BODY)
                        .shutdownGracePeriod(Duration.ofMillis(200))
                        .directHandlers(problems())
                        .routing(this::route);
        Identity identity = binding.identity();
        if (identity != null) {
            config.tls(Tls.builder().sslContext(identity.serverContext()).build());
        }
        server = config.build();
    }

    static List<Route> routes(Realm realm) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new SessionRoutes(realm).routes());
        routes.addAll(new UserRoutes(realm).routes());
        routes.addAll(new ResourceRoutes(realm).routes());
        routes.addAll(new TargetRoutes(realm).routes());
        routes.addAll(new RevisionRoutes(realm).routes());
        routes.addAll(new DiagnosisRoutes(realm).routes());
        routes.addAll(new CatalogRoutes(realm).routes());
        return List.copyOf(routes);
    }

    private void route(HttpRouting.Builder routing) {
        Map<String, TreeSet<String>> methods = new LinkedHashMap<>();
        for (Route route : routes) {
            methods.computeIfAbsent(route.path(), path -> new TreeSet<>())
                    .add(route.method().text());
            routing.route(
                    route.method(),
                    route.path(),
                    (request, response) -> dispatcher.dispatch(route, request, response));
        }
        methods.forEach((path, allowed) ->
                routing.any(
                        path,
                        (request, response) -> {
                            response.header("Allow", String.join(", ", allowed));
                            refuse(Reason.METHOD_NOT_ALLOWED, request, response);
                        }));
        routing.any((request, response) -> refuse(Reason.NOT_FOUND, request, response));
    }

    private static void refuse(Reason reason, ServerRequest request, ServerResponse response) {
        response.status(reason.status());
        response.header("Content-Type", ProblemDetails.MEDIA_TYPE);
        response.send(problem(reason, Call.shortened(request.path().rawPath())));
    }

    /// What the web server itself refuses (malformed requests) is answered in the same form.
    private static DirectHandlers problems() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    type,
                    (request, event, status, headers, message) -> {
                        Status answered = status.code() >= 500 ? Status.BAD_REQUEST_400 : status;
                        headers.set(
                                HeaderValues.create(
                                        HeaderNames.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE));
                        return DirectHandler.TransportResponse.builder()
                                .status(answered)
                                .headers(headers)
                                .entity(problem(Reason.BAD_REQUEST, ""))
                                .build();
                    });
        }
        return handlers.build();
    }

    private static byte[] problem(Reason reason, String path) {
        return Documents.toJson(
                Codec.write(
                        new ProblemDetails(
                                reason.type(),
                                reason.title(),
                                reason.status(),
                                path.isEmpty()
                                        ? "the request is malformed"
                                        : path
                                                + ": "
                                                + reason.title().toLowerCase(java.util.Locale.ROOT),
                                path,
                                "",
                                List.of())));
    }

    /// Begins to listen.
    ///
    /// @throws IllegalStateException where the port is taken
    public AdminServer start() {
        subscriptions.add(realm.ledger().subscribe(new Publisher(realm.events())));
        connect();
        try {
            server.start();
            // Helidon logs why it cannot listen, and returns as if it could
            if (!server.isRunning()) {
                throw new IllegalStateException("the address is in use; see the log");
            }
        } catch (RuntimeException failed) {
            close();
            throw new IllegalStateException(
                    "admin: cannot listen (%s); choose another port or end the program that has it"
                            .formatted(failed.getMessage()),
                    failed);
        }
        return this;
    }

    /// Listens to the controller and the diagnoser that are connected by now; called again when one
    /// was connected after [#start].
    public void connect() {
        RolloutStatusSource rollouts = realm.rollouts().get();
        if (rollouts != null) {
            subscriptions.add(
                    rollouts.subscribe(rollout ->
                            realm.events().publish("rollout", rollout.cluster(), rollout)));
        }
        DiagnosisRuns runs = realm.runs().get();
        if (runs != null) {
            subscriptions.add(
                    runs.subscribe(diagnosis ->
                            realm.events()
                                    .publish("diagnosis", diagnosis.spec().cluster(), diagnosis)));
        }
    }

    /// The port that is listened on.
    public int port() {
        return server.port();
    }

    /// Ends the event streams and the server; calls under way have a moment to finish.
    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        realm.events().close();
        server.stop();
    }

    /// Open streams and what they are told, for tests.
    EventHub events() {
        return realm.events();
    }

    /// How many threads serve an event stream, for tests.
    int streams() {
        return dispatcher.streams();
    }

    /// What is served, for the test that compares it with the contract.
    List<Route> routes() {
        return routes;
    }

    /// Turns revisions into events.
    private record Publisher(EventHub events) implements RevisionSource.Listener {
        @Override
        public void committed(Revision revision, @Nullable Configuration now) {
            events.publish("revision", revision.cluster(), RevisionSummary.of(revision));
        }

        @Override
        public void deleted(String cluster) {
            events.publish("clusterDeleted", cluster, Map.of("cluster", cluster));
        }
    }
}
