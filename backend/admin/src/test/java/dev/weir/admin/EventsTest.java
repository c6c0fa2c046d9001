package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Event;
import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.model.Subscription;
import dev.weir.model.Target;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class EventsTest {
    private static final EventHub.Permission EVERYTHING = () -> Optional.of(cluster -> true);

    @TempDir Path directory;

    private RunningAdmin running;
    private WeirClient client;

    @BeforeEach
    void start() throws IOException {
        running = RunningAdmin.start(directory);
        client = running.client();
        client.put("lab", Drafts.cluster("lab"), WriteOptions.CREATE);
        client.put("lab", Drafts.group("web"), WriteOptions.CREATE);
    }

    @AfterEach
    void stop() {
        client.close();
        running.close();
    }

    @Test
    void tellsEveryRevisionInOrder() throws Exception {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        Subscription subscription = client.events(events::add);
        assertThat(next(events)).isEqualTo(new Event.Connected(false));
        for (int round = 0; round < 20; round++) {
            client.setTargetState(
                    "lab",
                    "web",
                    "a",
                    round % 2 == 0 ? Target.AdminState.DRAIN : Target.AdminState.ENABLED);
        }
        List<Long> numbers = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            assertThat(next(events))
                    .isInstanceOfSatisfying(
                            Event.RevisionCommitted.class,
                            event -> numbers.add(event.revision().number()));
        }
        assertThat(numbers).isSorted().startsWith(3L).endsWith(22L);
        subscription.close();
    }

    @Test
    void replaysWhatALateReaderMissed() throws Exception {
        EventHub hub = new EventHub("life", EventHub.Limits.DEFAULT, System::nanoTime);
        hub.publish("revision", "lab", "one");
        EventHub.Reader early = hub.open(null, EVERYTHING);
        assertThat(early.first().data()).isEqualTo(new EventHub.Hello(false));
        hub.publish("revision", "lab", "two");
        hub.publish("revision", "lab", "three");
        String seen = early.next().id();

        EventHub.Reader late = hub.open(seen, EVERYTHING);
        assertThat(late.first().data()).isEqualTo(new EventHub.Hello(true));
        assertThat(late.next().data()).isEqualTo("three");
        assertThat(hub.open("other-7", EVERYTHING).first().data())
                .isEqualTo(new EventHub.Hello(false));

        for (int i = 0; i < 2000; i++) {
            hub.publish("revision", "lab", i);
        }
        assertThat(hub.open(seen, EVERYTHING).first().data())
                .as("what is no longer kept cannot be replayed")
                .isEqualTo(new EventHub.Hello(false));
        hub.close();
        assertThat(hub.open(null, EVERYTHING).next()).isNull();
    }

    private static Event next(BlockingQueue<Event> events) throws InterruptedException {
        Event event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }
}
