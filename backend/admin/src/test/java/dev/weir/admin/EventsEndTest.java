package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.ApiToken;
import dev.weir.api.Event;
import dev.weir.api.NewUser;
import dev.weir.api.Role;
import dev.weir.api.User;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// An event stream lives no longer than the right to read it.
class EventsEndTest {
    private static final Secret PASSWORD = new Secret("correct horse battery");
    private static final Duration LIFETIME = Duration.ofHours(1);

    @TempDir Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private RunningAdmin running;
    private WeirClient admin;

    @BeforeEach
    void start() throws IOException {
        start(EventHub.Limits.DEFAULT);
        admin.put("lab", Drafts.cluster("lab"), WriteOptions.CREATE);
        admin.put("lab", Drafts.group("web"), WriteOptions.CREATE);
        admin.createUser(new NewUser("eve", PASSWORD, Map.of(User.EVERYWHERE, Role.VIEWER)));
    }

    private void start(EventHub.Limits limits) throws IOException {
        running = RunningAdmin.start(directory, limits, now::get);
        admin = running.client();
    }

    @AfterEach
    void stop() {
        admin.close();
        running.close();
    }

    @Test
    void endsWithItsTokenAndLeavesThoseOfOtherTokens() throws Exception {
        ApiToken.Issued taken = issue();
        try (Reader cut = new Reader(taken.token());
                Reader left = new Reader(issue().token())) {
            admin.revokeToken("eve", taken.id());
            assertThat(running.server().events().readers()).as("when the answer came").isEqualTo(1);
            assertThat(cut.next()).isInstanceOf(Event.Disconnected.class);
            edit();
            assertThat(left.next()).isInstanceOf(Event.RevisionCommitted.class);
            cut.hearsNothing();
            awaitStreams(1);
        }
    }

    @Test
    void endsWithItsUser() throws Exception {
        try (Reader reader = new Reader(issue().token())) {
            admin.deleteUser("eve");
            assertThat(running.server().events().readers()).isZero();
            assertThat(reader.next()).isInstanceOf(Event.Disconnected.class);
            edit();
            reader.hearsNothing();
        }
    }

    @Test
    void endsWithItsSessionWhereThePasswordChanges() throws Exception {
        String session = admin.withToken(null).login("eve", PASSWORD).token();
        try (Reader ofSession = new Reader(session);
                Reader ofProgram = new Reader(issue().token())) {
            admin.changePassword("eve", null, new Secret("another horse battery"));
            assertThat(running.server().events().readers()).isEqualTo(1);
            assertThat(ofSession.next()).isInstanceOf(Event.Disconnected.class);
            edit();
            assertThat(ofProgram.next()).isInstanceOf(Event.RevisionCommitted.class);
            ofSession.hearsNothing();
        }
    }

    @Test
    void endsWhenItsTokenExpiresWhetherItIsBusyOrNot() throws Exception {
        admin.close();
        running.close();
        start(new EventHub.Limits(1024, 4096, Duration.ofMillis(50)));
        try (Reader reader = new Reader(issue().token())) {
            now.set(now.get().plus(LIFETIME).minusSeconds(1));
            edit();
            assertThat(reader.next()).isInstanceOf(Event.RevisionCommitted.class);
            now.set(now.get().plusSeconds(2));
            Event event = reader.next();
            while (event instanceof Event.RevisionCommitted) {
                edit();
                event = reader.next();
            }
            assertThat(event).isInstanceOf(Event.Disconnected.class);
            assertThat(running.server().events().readers()).isZero();
            edit();
            reader.hearsNothing();
        }
    }

    @Test
    void hearsOfNoClusterWhoseRoleWasTakenAway() throws Exception {
        try (Reader reader = new Reader(issue().token())) {
            admin.setRoles("eve", Map.of("other", Role.VIEWER));
            edit();
            admin.setRoles("eve", Map.of("lab", Role.VIEWER));
            admin.put("lab", Drafts.group("later"), WriteOptions.CREATE);
            assertThat(reader.next())
                    .isInstanceOfSatisfying(
                            Event.RevisionCommitted.class,
                            event ->
                                    assertThat(event.revision().changes().getFirst().name())
                                            .isEqualTo("later"));
        }
    }

    private ApiToken.Issued issue() throws IOException {
        return admin.issueToken("eve", new ApiToken.Wanted("test", LIFETIME));
    }

    private void edit() throws IOException {
        boolean online = running.admin().ledger().current("lab").orElseThrow().revision() % 2 == 0;
        admin.setTargetState(
                "lab", "web", "a", online ? Target.AdminState.DRAIN : Target.AdminState.ENABLED);
    }

    private void awaitStreams(int wanted) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (running.server().streams() != wanted) {
            assertThat(System.nanoTime()).as("threads at streams").isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    /// The real client on a token, connected.
    private final class Reader implements AutoCloseable {
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final WeirClient client;
        private final Subscription subscription;

        Reader(String token) throws InterruptedException {
            client = new WeirClient(running.connection(new Secret(token)));
            subscription = client.events(events::add);
            assertThat(next()).isEqualTo(new Event.Connected(false));
        }

        Event next() throws InterruptedException {
            Event event = events.poll(20, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            return event;
        }

        /// All that comes is word of attempts that were refused.
        void hearsNothing() throws InterruptedException {
            assertThat(next()).isEqualTo(new Event.Disconnected("the server answered 401"));
            assertThat(events).allMatch(Event.Disconnected.class::isInstance);
        }

        @Override
        public void close() {
            subscription.close();
            client.close();
        }
    }
}
