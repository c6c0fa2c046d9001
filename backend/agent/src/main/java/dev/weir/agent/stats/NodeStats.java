package dev.weir.agent.stats;

import dev.weir.model.Configuration;
import dev.weir.model.Revision;
import dev.weir.model.RevisionSource;
import dev.weir.model.Subscription;
import dev.weir.snmp.MibSnapshot;

import java.io.IOException;
import java.lang.System.Logger;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What a node counts: scrapes its engine, computes the rates, and publishes a snapshot after every
/// scrape and every revision.
///
/// One virtual thread of its own does all of it; `snapshot()` is for any thread.
public final class NodeStats implements AutoCloseable {
    /// A regular expression of the Envoy statistics that are read: an engine need keep no others of
    /// its virtual servers and target groups.
    public static final String ENVOY_STATISTICS = Family.ENVOY_STATS;

    private static final Logger LOG = System.getLogger(NodeStats.class.getName());
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(2);

    /// A revision is still on its way to traffic when it is heard of, and others may follow: their
    /// rows can wait for that, and come in one snapshot.
    private static final Duration AFTER_A_REVISION = Duration.ofMillis(100);

    private final RevisionSource revisions;
    private final NodeStatsSettings settings;
    private final Supplier<URI> admin;
    private final UpTime upTime;
    private final ScrapePace pace;
    private final Publication publication;
    private final Semaphore wakeUp = new Semaphore(0);
    private final Subscription subscription;
    private final Thread thread;
    private volatile MibSnapshot newest;

    /// Begins to scrape.
    ///
    /// @param admin base address of the engine's admin door; asked for before each scrape, because
    ///   an engine that was started again may have another
    /// @param clock the time of day
    /// @param upTime what the SNMP agent answers as `sysUpTime`
    public NodeStats(
            RevisionSource revisions,
            NodeStatsSettings settings,
            Supplier<URI> admin,
            InstantSource clock,
            UpTime upTime) {
        this.revisions = revisions;
        this.settings = settings;
        this.admin = admin;
        this.upTime = upTime;
        this.pace = new ScrapePace(settings.interval());
        this.publication = new Publication(settings, clock, upTime);
        publication.declare(revisions.current(settings.cluster()).orElse(null));
        this.newest = publication.snapshot();
        this.subscription = revisions.subscribe(new Waker());
        this.thread = Thread.ofVirtual().name("node-stats").start(this::loop);
    }

    /// The newest snapshot.
    public MibSnapshot snapshot() {
        return newest;
    }

    /// Ends the thread.
    @Override
    public void close() {
        subscription.close();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Hears of revisions on the thread of the one who commits: only wakes the loop.
    private final class Waker implements RevisionSource.Listener {
        @Override
        public void committed(Revision revision, Configuration now) {
            if (revision.cluster().equals(settings.cluster())) {
                wakeUp.release();
            }
        }

        @Override
        public void deleted(String cluster) {
            if (cluster.equals(settings.cluster())) {
                wakeUp.release();
            }
        }
    }

    private void loop() {
        URI address = admin.get();
        StatsSource source = source(address);
        try {
            long next = upTime.nanoTime().getAsLong();
            while (!Thread.currentThread().isInterrupted()) {
                publication.declare(revisions.current(settings.cluster()).orElse(null));
                if (upTime.nanoTime().getAsLong() - next >= 0) {
                    if (!admin.get().equals(address)) {
                        source.close();
                        address = admin.get();
                        source = source(address);
                    }
                    next = upTime.nanoTime().getAsLong() + scrape(source).toNanos();
                }
                newest = publication.snapshot();
                if (wakeUp.tryAcquire(next - upTime.nanoTime().getAsLong(), TimeUnit.NANOSECONDS)) {
                    Thread.sleep(AFTER_A_REVISION);
                    wakeUp.drainPermits();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            source.close();
        }
    }

    private StatsSource source(URI address) {
        Duration interval = settings.interval();
        return new StatsSource(
                address,
                interval.compareTo(SHORTEST_TIMEOUT) > 0 ? interval : SHORTEST_TIMEOUT,
                upTime.nanoTime());
    }

    /// Answers how long to wait until the next one.
    private Duration scrape(StatsSource source) throws InterruptedException {
        long asked = upTime.nanoTime().getAsLong();
        try {
            StatsSnapshot scrape = source.scrape();
            Duration pause = pace.after(Duration.ofNanos(upTime.nanoTime().getAsLong() - asked));
            publication.accept(scrape, pause);
            return pause;
        } catch (IOException failed) {
            publication.failed();
            LOG.log(Logger.Level.DEBUG, () -> "scrape failed: " + failed, failed);
            return settings.interval();
        }
    }
}
