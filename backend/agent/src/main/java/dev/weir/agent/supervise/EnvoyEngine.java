package dev.weir.agent.supervise;

import dev.weir.model.Engine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A real Envoy as a child process: started, watched, started again when it dies, drained and
/// stopped.
///
/// Safe for any thread; one virtual thread of its own watches the process.
public final class EnvoyEngine implements ProxyEngine {
    private static final Logger LOG = System.getLogger(EnvoyEngine.class.getName());
    private static final Duration START = Duration.ofSeconds(30);
    private static final long LOG_BYTES = 10L << 20;
    private static final int LOG_FILES = 3;

    private final EnvoySettings settings;
    private final Map<String, String> environment;
    private final RotatingLog log;
    private final EnvoyAdmin admin = new EnvoyAdmin();

    private volatile @Nullable URI adminAddress;
    private volatile String version = "";
    private volatile boolean closing;
    private volatile @Nullable EnvoyProcess process;
    private volatile @Nullable Thread watcher;

    /// @param environment such as `System.getenv()`, where Envoy is looked for
    public EnvoyEngine(EnvoySettings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.log = new RotatingLog(settings.directory().resolve("envoy.log"), LOG_BYTES, LOG_FILES);
    }

    @Override
    public Engine engine() {
        return Engine.ENVOY;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public URI adminAddress() {
        URI address = adminAddress;
        if (address == null) {
            throw new IllegalStateException("envoy: has not been started; call start() first");
        }
        return address;
    }

    /// The process id of Envoy now.
    public long pid() {
        EnvoyProcess now = process;
        return now == null ? -1 : now.pid();
    }

    @Override
    public void start() throws EngineException {
        Path binary = EnvoyBinary.find(settings.binary(), environment);
        version = EnvoyBinary.version(binary);
        Path bootstrap = settings.directory().toAbsolutePath().resolve("bootstrap.json");
        OrphanReaper reaper =
                new OrphanReaper(settings.directory().resolve("envoy.pid"), bootstrap);
        try {
            Files.createDirectories(settings.directory());
            Files.writeString(bootstrap, EnvoyBootstrap.json(settings));
            reaper.reap();
            run(binary, bootstrap, reaper);
        } catch (IOException failed) {
            throw failed instanceof EngineException said
                    ? said
                    : new EngineException(
                            "envoy directory "
                                    + settings.directory()
                                    + ": cannot be written ("
                                    + failed.getMessage()
                                    + ")",
                            failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new EngineException("envoy: its start was interrupted", stop);
        }
        watcher =
                Thread.ofVirtual()
                        .name("envoy-watch")
                        .start(() -> watch(binary, bootstrap, reaper));
    }

    @Override
    public boolean ready() {
        URI address = adminAddress;
        try {
            return address != null && admin.ready(address);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closing = true;
        EnvoyProcess running = process;
        URI address = adminAddress;
        try {
            if (running != null && running.isAlive() && address != null) {
                drain(address);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            if (running != null) {
                running.stop();
            }
            Thread watching = watcher;
            if (watching != null) {
                watching.interrupt();
            }
            admin.close();
        }
    }

    /// Starts one run and waits for its admin door.
    private void run(Path binary, Path bootstrap, OrphanReaper reaper)
            throws IOException, InterruptedException {
        log.forget();
        EnvoyProcess started = EnvoyProcess.start(binary, bootstrap, settings, log);
        process = started;
        try {
            reaper.remember(started.pid());
            adminAddress = started.awaitAdmin(START);
        } catch (IOException | InterruptedException failed) {
            started.stop();
            throw failed;
        }
        if (closing) {
            started.stop();
        }
    }

    private void watch(Path binary, Path bootstrap, OrphanReaper reaper) {
        BackOff backOff = new BackOff();
        try {
            while (!closing) {
                long started = System.nanoTime();
                EnvoyProcess running = process;
                int code = running == null ? -1 : running.awaitEnd();
                if (closing) {
                    return;
                }
                Duration wait = backOff.after(Duration.ofNanos(System.nanoTime() - started));
                LOG.log(
                        Logger.Level.WARNING,
                        "envoy: ended with code {0}; starting it again in {1} ms; its last lines:\n{2}",
                        code,
                        wait.toMillis(),
                        log.lastLines());
                Thread.sleep(wait);
                restart(binary, bootstrap, reaper);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void restart(Path binary, Path bootstrap, OrphanReaper reaper)
            throws InterruptedException {
        try {
            run(binary, bootstrap, reaper);
        } catch (IOException failed) {
            LOG.log(
                    Logger.Level.WARNING,
                    "envoy: cannot be started again: {0}",
                    failed.getMessage());
        }
    }

    /// Until no client is connected, or the time for it is over.
    private void drain(URI address) throws InterruptedException {
        if (settings.drain().isZero()) {
            return;
        }
        admin.drain(address);
        long deadline = System.nanoTime() + settings.drain().toNanos();
        while (System.nanoTime() < deadline && admin.connections(address) > 0) {
            Thread.sleep(20);
        }
    }
}
