package dev.weir.bundle;

import dev.weir.bundle.PprofDocument.ValueType;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Speaks `/debug/pprof` as a Go program does (net/http/pprof), about the demo program's threads.
///
/// Stacks are those that the JVM gives at a safepoint, hence a little biased; CPU time and bytes
/// are measured.
final class PprofTarget implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final int DEFAULT_SECONDS = 30;
    private static final int MAX_SECONDS = 300;
    private static final List<ValueType> CPU =
            List.of(new ValueType("samples", "count"), new ValueType("cpu", "nanoseconds"));
    private static final List<ValueType> HEAP =
            List.of(
                    new ValueType("alloc_objects", "count"),
                    new ValueType("alloc_space", "bytes"),
                    new ValueType("inuse_objects", "count"),
                    new ValueType("inuse_space", "bytes"));
    private static final List<ValueType> THREADS = List.of(new ValueType("goroutine", "count"));

    private final DemoProgram program;
    private final Pause pause;
    private final InstantSource clock;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final WebServer server;

    PprofTarget(DemoProgram program, HostPort address, Pause pause, InstantSource clock) {
        this.program = program;
        this.pause = pause;
        this.clock = clock;
        this.server =
                WebServer.builder()
                        .shutdownHook(false)
                        .address(InetAddress.ofLiteral(address.host()))
                        .port(address.port())
                        .shutdownGracePeriod(Duration.ZERO)
                        .routing(this::route)
                        .build();
    }

    PprofTarget start() {
        server.start();
        return this;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void route(HttpRouting.Builder routing) {
        routing.get(
                        "/debug/pprof/",
                        (request, response) -> response.send("profile\nheap\ngoroutine\n"))
                .get("/debug/pprof/profile", this::profile)
                .get("/debug/pprof/heap", (request, response) -> send(response, heap()))
                .get("/debug/pprof/goroutine", (request, response) -> send(response, stacks()));
    }

    private void profile(ServerRequest request, ServerResponse response) throws Exception {
        int seconds;
        try {
            seconds =
                    Integer.parseInt(request.query().first("seconds").orElse("" + DEFAULT_SECONDS));
        } catch (NumberFormatException notANumber) {
            seconds = 0;
        }
        if (seconds < 1 || seconds > MAX_SECONDS) {
            response.status(Status.BAD_REQUEST_400)
                    .send("seconds must be between 1 and " + MAX_SECONDS + "\n");
            return;
        }
        if (!busy.compareAndSet(false, true)) {
            // Go's own words and status
            response.status(Status.INTERNAL_SERVER_ERROR_500)
                    .header(HeaderNames.create("X-Go-Pprof"), "1")
                    .send("Could not enable CPU profiling: cpu profiling already in use\n");
            return;
        }
        try (var _ = program.watch()) {
            send(response, cpu(Duration.ofSeconds(seconds)));
        } finally {
            busy.set(false);
        }
    }

    private byte[] cpu(Duration duration) throws InterruptedException {
        PprofDocument document = new PprofDocument(CPU);
        Map<Thread, Long> before = new HashMap<>();
        Instant start = clock.instant();
        for (Thread worker : program.workers()) {
            before.put(worker, threads.getThreadCpuTime(worker.threadId()));
        }
        while (clock.instant().isBefore(start.plus(duration))) {
            pause.sleep(PERIOD);
            for (Thread worker : program.workers()) {
                if (worker.getState() == Thread.State.RUNNABLE) {
                    sample(worker, before, document);
                }
            }
        }
        return document.gzipped(start, Duration.between(start, clock.instant()), PERIOD.toNanos());
    }

    /// Adds what the thread has spent since it was last seen at work; what it spent before it went
    /// to sleep counts for the next such moment.
    private void sample(Thread worker, Map<Thread, Long> before, PprofDocument document) {
        long now = threads.getThreadCpuTime(worker.threadId());
        long spent = now - before.getOrDefault(worker, now);
        List<StackTraceElement> stack = List.of(worker.getStackTrace());
        if (spent > 0 && !stack.isEmpty() && !sleeps(stack)) {
            before.put(worker, now);
            document.add(stack, 1, spent);
        }
    }

    /// It may have gone to sleep since its state was asked for.
    private static boolean sleeps(List<StackTraceElement> stack) {
        return stack.stream().anyMatch(frame -> frame.getMethodName().startsWith("sleep"));
    }

    private byte[] heap() {
        PprofDocument document = new PprofDocument(HEAP);
        program.memory()
                .usages()
                .forEach((stack, usage) ->
                        document.add(
                                stack,
                                usage.madeObjects(),
                                usage.madeBytes(),
                                usage.keptObjects(),
                                usage.keptBytes()));
        return document.gzipped(clock.instant(), Duration.ZERO, 1);
    }

    private byte[] stacks() {
        PprofDocument document = new PprofDocument(THREADS);
        for (Thread worker : program.workers()) {
            List<StackTraceElement> stack = List.of(worker.getStackTrace());
            if (!stack.isEmpty()) {
                document.add(stack, 1);
            }
        }
        return document.gzipped(clock.instant(), Duration.ZERO, 1);
    }

    private static void send(ServerResponse response, byte[] profile) {
        response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream")
                .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
                .send(profile);
    }
}
