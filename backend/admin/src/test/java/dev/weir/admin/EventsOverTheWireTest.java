package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.api.Event;
import dev.weir.api.Trust;
import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.model.Secret;
import dev.weir.model.Subscription;
import dev.weir.model.Target;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

/// The event stream between the real server and the real client, on wires that break.
class EventsOverTheWireTest {
    private static final EventHub.Limits LIMITS = new EventHub.Limits(4, 16, Duration.ofMillis(50));

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir Path directory;

    private RunningAdmin running;
    private WeirClient client;
    private Forwarder wire;
    private Subscription subscription;
    private int edits;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        running = RunningAdmin.start(directory, LIMITS);
        client = running.client();
        client.put("lab", Drafts.cluster("lab"), WriteOptions.CREATE);
        client.put("lab", Drafts.group("web"), WriteOptions.CREATE);
        wire = new Forwarder(running.server().port());
        WeirClient listening = new WeirClient(running.connection(wire.port(), token()));
        subscription = listening.events(events::add);
        assertThat(next()).isEqualTo(new Event.Connected(false));
    }

    @AfterEach
    void stop() throws IOException {
        subscription.close();
        wire.close();
        client.close();
        running.close();
    }

    private Secret token() {
        return running.admin().issueToken("admin", "listener");
    }

    @Test
    void deliversWhatWasMissedWhileTheWireWasCut() throws Exception {
        edit(1);
        assertThat(revisions(1)).containsExactly(3L);
        wire.cut();
        assertThat(next()).isInstanceOf(Event.Disconnected.class);
        edit(3);
        wire.mend(running.server().port());
        assertThat(connected()).isEqualTo(new Event.Connected(true));
        edit(1);
        assertThat(revisions(4)).as("none lost, none twice").containsExactly(4L, 5L, 6L, 7L);
    }

    @Test
    void saysThatEverythingMustBeReadAnewWhereTooMuchWasMissed() throws Exception {
        wire.cut();
        assertThat(next()).isInstanceOf(Event.Disconnected.class);
        edit(6); // two more than are kept
        wire.mend(running.server().port());
        assertThat(connected()).isEqualTo(new Event.Connected(false));
        edit(1);
        assertThat(revisions(1)).containsExactly(9L);
    }

    @Test
    void saysSoToTheReaderOfAnEarlierServerToo() throws Exception {
        edit(1);
        assertThat(revisions(1)).containsExactly(3L);
        wire.cut();
        client.close();
        running.close();
        running = RunningAdmin.start(directory, LIMITS);
        client = running.client();
        wire.mend(running.server().port());
        assertThat(connected()).isEqualTo(new Event.Connected(false));
        edit(1);
        assertThat(revisions(1)).containsExactly(4L);
    }

    @Test
    void keepsASilentStreamAliveWithoutAnEventOfItsOwn() throws Exception {
        try (Stranger stranger = new Stranger()) {
            for (int beats = 0; beats < 3; ) {
                beats += stranger.line().startsWith(":") ? 1 : 0;
            }
        }
        edit(1);
        assertThat(revisions(1)).as("nothing came of many heartbeats").containsExactly(3L);
    }

    @Test
    void letsGoOfAReaderThatIsGone() throws Exception {
        try (Stranger stranger = new Stranger()) {
            assertThat(stranger.line()).startsWith("HTTP/1.1 200");
            awaitReaders(2);
        }
        awaitReaders(1);
        awaitStreams(1);
    }

    @Test
    void cutsOffAReaderThatTakesNothing() throws Exception {
        try (Stranger stranger = new Stranger()) {
            assertThat(stranger.line()).startsWith("HTTP/1.1 200");
            awaitReaders(2);
            subscription.close();
            awaitReaders(1);
            String much = "x".repeat(100_000);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (running.server().events().readers() > 0) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                running.server().events().publish("revision", "lab", Map.of("text", much));
                Thread.sleep(1);
            }
            awaitStreams(0);
        }
    }

    /// Until so many threads serve a stream, were it one that they cannot write to.
    private void awaitStreams(int wanted) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (running.server().streams() != wanted) {
            assertThat(System.nanoTime()).as("threads at streams").isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    private void awaitReaders(int wanted) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (running.server().events().readers() != wanted) {
            assertThat(System.nanoTime()).as("readers").isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    private void edit(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            Target.AdminState now =
                    edits++ % 2 == 0 ? Target.AdminState.DRAIN : Target.AdminState.ENABLED;
            client.setTargetState("lab", "web", "a", now);
        }
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    /// The connection after some vain attempts.
    private Event connected() throws InterruptedException {
        Event event = next();
        while (event instanceof Event.Disconnected) {
            event = next();
        }
        return event;
    }

    private List<Long> revisions(int count) throws InterruptedException {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            assertThat(next())
                    .isInstanceOfSatisfying(
                            Event.RevisionCommitted.class,
                            event -> numbers.add(event.revision().number()));
        }
        assertThat(events).isEmpty();
        return numbers;
    }

    /// A reader with a small buffer that takes a line when it is asked to.
    private final class Stranger implements AutoCloseable {
        private final SSLSocket socket;

        Stranger() throws Exception {
            Trust trust = Trust.of(running.admin().authority().certificatePem());
            socket = (SSLSocket) trust.context().getSocketFactory().createSocket();
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(LOOPBACK, running.server().port()));
            String request =
                    "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                            + token().reveal()
                            + "\r\nAccept: text/event-stream\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
        }

        String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int octet = socket.getInputStream().read();
                    octet != '\n';
                    octet = socket.getInputStream().read()) {
                assertThat(octet).as("the stream ended").isNotNegative();
                line.append((char) octet);
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
