package dev.weir.agent.operation;

import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.FailureReason;
import dev.weir.model.OperationRunner;

import okhttp3.HttpUrl;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/// Fetches a profile from the `/debug/pprof` of a Go program.
final class GoProfile implements Act {
    static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DEFAULT_SECONDS = 30;
    private static final String PAGE = "/debug/pprof";

    private final PprofClient client;
    private final ArtifactStore store;
    private final InstantSource clock;
    private final BusyRetry retry;

    /// How often a busy profiler is asked again.
    ///
    /// @param attempts at least 1
    /// @param pause before the second attempt; doubles with each further one
    record BusyRetry(int attempts, Duration pause) {}

    GoProfile(PprofClient client, ArtifactStore store, InstantSource clock, BusyRetry retry) {
        this.client = client;
        this.store = store;
        this.clock = clock;
        this.retry = retry;
    }

    @Override
    public Optional<String> exclusive(OperationRunner.Request request) {
        HttpUrl base = HttpUrl.parse(request.parameters().getOrDefault("url", ""));
        return isCpu(request.parameters()) && base != null
                ? Optional.of("go cpu " + base.host() + ":" + base.port())
                : Optional.empty();
    }

    @Override
    public List<Diagnosis.Artifact> perform(OperationRunner.Request request, IntConsumer progress)
            throws IOException, OperationFailedException, InterruptedException {
        HttpUrl url = address(request.parameters());
        int seconds = isCpu(request.parameters()) ? seconds(request.parameters()) : 0;
        Duration pause = retry.pause();
        for (int attempt = 1; ; attempt++) {
            try (Progress _ = Progress.over(seconds, progress)) {
                return List.of(fetched(url, seconds, request));
            } catch (OperationFailedException failure) {
                if (failure.reason() != FailureReason.PROFILER_BUSY
                        || attempt >= retry.attempts()) {
                    throw failure;
                }
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private Diagnosis.Artifact fetched(HttpUrl url, int seconds, OperationRunner.Request request)
            throws IOException, OperationFailedException {
        @Nullable Credential credential = request.credential();
        try (ArtifactDraft draft = store.begin()) {
            client.fetch(url, credential, Duration.ofSeconds(seconds), draft);
            PprofShape shape = PprofShape.of(draft, url.redact());
            String name =
                    "%s-%s-%d-%s.%s"
                            .formatted(
                                    request.parameters().get("profile"),
                                    url.host(),
                                    url.port(),
                                    STAMP.format(clock.instant()),
                                    shape.extension());
            return draft.commit(name, "pprof");
        }
    }

    /// People copy addresses of whole pages, so what follows the program's own path is cut off.
    /// `seconds` goes to the CPU profile alone: with it, heap and goroutine would answer a delta.
    private static HttpUrl address(Map<String, String> parameters) throws OperationFailedException {
        HttpUrl base = HttpUrl.parse(parameters.getOrDefault("url", ""));
        if (base == null) {
            throw new OperationFailedException(
                    FailureReason.INVALID_PARAMETER,
                    "parameter url: is no http or https address (%s); give one such as https://10.0.0.7:6060"
                            .formatted(parameters.get("url")));
        }
        HttpUrl.Builder profiles =
                base.newBuilder()
                        .encodedPath(base.encodedPath().replaceFirst(PAGE + ".*", "/"))
                        // an empty last segment, which a slash at the end leaves, is replaced
                        .addPathSegments(PAGE.substring(1));
        String profile = parameters.getOrDefault("profile", "");
        return switch (profile) {
            case "cpu" ->
                    profiles.addPathSegment("profile")
                            .addQueryParameter("seconds", Integer.toString(seconds(parameters)))
                            .build();
            case "heap", "goroutine" -> profiles.addPathSegment(profile).build();
            default ->
                    throw new OperationFailedException(
                            FailureReason.INVALID_PARAMETER,
                            "parameter profile: is unknown (%s); choose cpu, heap or goroutine"
                                    .formatted(profile));
        };
    }

    private static boolean isCpu(Map<String, String> parameters) {
        return "cpu".equals(parameters.get("profile"));
    }

    static int seconds(Map<String, String> parameters) throws OperationFailedException {
        String text = parameters.getOrDefault("seconds", Integer.toString(DEFAULT_SECONDS));
        if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > 300) {
            throw new OperationFailedException(
                    FailureReason.INVALID_PARAMETER,
                    "parameter seconds: must be between 1 and 300 (%s)".formatted(text));
        }
        return Integer.parseInt(text);
    }
}
