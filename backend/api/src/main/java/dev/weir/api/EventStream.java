package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.model.Diagnosis;
import dev.weir.model.InvalidException;
import dev.weir.model.Rollout;
import dev.weir.model.Subscription;

import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/// Server-sent events with reconnection (HTML Living Standard §9.2).
///
/// One virtual thread reads and calls the listener; [#close] may come from any thread.
final class EventStream implements Subscription {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Http http;
    private final Consumer<Event> listener;
    private volatile boolean closed;
    private volatile @Nullable Call call;
    private volatile @Nullable Thread thread;

    // owned by the reading thread
    private @Nullable String lastId;
    private Duration pause = FIRST_PAUSE;

    EventStream(Http http, Consumer<Event> listener) {
        this.http = http;
        this.listener = listener;
    }

    EventStream start() {
        thread = Thread.ofVirtual().name("weir-events").start(this::run);
        return this;
    }

    @Override
    public void close() {
        closed = true;
        Call open = call;
        if (open != null) {
            open.cancel();
        }
        Thread reading = thread;
        if (reading != null) {
            reading.interrupt();
        }
    }

    private void run() {
        while (!closed) {
            String reason = "the server ended the stream";
            try {
                readOnce();
            } catch (IOException broken) {
                reason = String.valueOf(broken.getMessage());
            }
            if (closed) {
                return;
            }
            listener.accept(new Event.Disconnected(reason));
            try {
                Thread.sleep(pause);
            } catch (InterruptedException ended) {
                return;
            }
            pause =
                    pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                            ? pause.multipliedBy(2)
                            : LONGEST_PAUSE;
        }
    }

    private void readOnce() throws IOException {
        Request.Builder request =
                http.request(ApiPaths.EVENTS, Map.of()).header("Accept", "text/event-stream");
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        Call opened = http.client().newCall(request.build());
        call = opened;
        if (closed) {
            return;
        }
        try (Response response = opened.execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("the server answered " + response.code());
            }
            Reader reader = new Reader();
            EventSources.processResponse(response, reader);
            if (reader.failure != null) {
                throw new IOException(reader.failure.getMessage(), reader.failure);
            }
        }
    }

    private void dispatch(String type, JsonNode data) throws InvalidException {
        Event event =
                switch (type) {
                    case "hello" -> new Event.Connected(data.path("complete").asBoolean());
                    case "revision" ->
                            new Event.RevisionCommitted(
                                    Codec.read(data, RevisionSummary.class, type));
                    case "clusterDeleted" ->
                            new Event.ClusterDeleted(data.path("cluster").asText());
                    case "rollout" ->
                            new Event.RolloutChanged(Codec.read(data, Rollout.class, type));
                    case "diagnosis" ->
                            new Event.DiagnosisChanged(Codec.read(data, Diagnosis.class, type));
                    default -> null; // a newer server knows more
                };
        if (event != null && !closed) {
            listener.accept(event);
        }
    }

    /// Hears what the library parsed, on the reading thread.
    private final class Reader extends EventSourceListener {
        private @Nullable Throwable failure;

        @Override
        public void onOpen(EventSource source, Response response) {
            pause = FIRST_PAUSE;
        }

        @Override
        public void onEvent(
                EventSource source, @Nullable String id, @Nullable String type, String data) {
            if (id != null) {
                lastId = id;
            }
            if (data.isEmpty()) {
                return; // the server's sign that it is still here
            }
            try {
                dispatch(
                        type == null ? "" : type,
                        Documents.STANDARD.json(data.getBytes(StandardCharsets.UTF_8)));
            } catch (InvalidException unreadable) {
                listener.accept(
                        new Event.Disconnected(
                                "an event was unreadable: " + unreadable.getMessage()));
            }
        }

        @Override
        public void onFailure(
                EventSource source, @Nullable Throwable broken, @Nullable Response response) {
            failure = broken;
        }
    }
}
