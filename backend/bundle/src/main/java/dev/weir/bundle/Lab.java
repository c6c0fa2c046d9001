package dev.weir.bundle;

import dev.weir.agent.supervise.ProxyEngine;
import dev.weir.api.AgentClient;
import dev.weir.api.Connection;
import dev.weir.api.ReadyFile;
import dev.weir.api.Trust;
import dev.weir.model.Configuration;
import dev.weir.model.Secret;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Everything of Weir on this machine, in one process, with a sample to play with.
final class Lab implements AutoCloseable {
    /// Leaves the JVM half a second of the three that Ctrl-C may take.
    private static final Duration END_WITHIN = Duration.ofMillis(2500);

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    static final String READY_FILE = "ready.json";

    private final Parts parts;
    private final ReadyFile ready;
    private final DemoTraffic traffic;

    private Lab(Parts parts, ReadyFile ready, DemoTraffic traffic) {
        this.parts = parts;
        this.ready = ready;
        this.traffic = traffic;
    }

    /// Starts everything and returns when all of it serves.
    static Lab start(Settings settings, Map<String, String> environment) throws StartException {
        Parts parts = new Parts(END_WITHIN);
        try {
            return start(settings, environment, parts);
        } catch (StartException | RuntimeException failed) {
            parts.close();
            throw failed;
        }
    }

    private static Lab start(Settings settings, Map<String, String> environment, Parts parts)
            throws StartException {
        DataDirectory data = parts.start("data", () -> DataDirectory.open(settings.data()));
        var _ = parts.start("logs", () -> Logs.start(data.directory("log"), settings.logLevel()));
        Ports ports = Ports.choose(data.file("ports.json"), settings.portBase());
        RandomGenerator random = new SharedRandom(new SecureRandom().nextLong());

        var _ =
                parts.start(
                        "demo targets",
                        () -> DemoTargets.start(DemoTarget.ALL, ports, Thread::sleep, random));
        DemoProgram program =
                parts.start("demo program", () -> new DemoProgram(Thread::sleep, random).start());
        var _ =
                parts.start(
                        "pprof target",
                        () ->
                                new PprofTarget(
                                                program,
                                                ports.at(Door.PPROF),
                                                Thread::sleep,
                                                InstantSource.system())
                                        .start());

        Backend backend =
                Backend.start(
                        parts,
                        data.directory("admin"),
                        null,
                        Backend.Xds.plain(ports.at(Door.XDS)));
        Configuration configuration =
                parts.run(
                        "sample",
                        () -> new LabState(backend.admin(), ports).prepare(settings.engine()));
        String caPem = backend.admin().authority().certificatePem();
        ProxyEngine engine =
                NodeEngine.of(
                        settings,
                        new NodeEngine.Place(
                                LabSample.CLUSTER,
                                LabSample.NODE,
                                ports.at(Door.XDS),
                                ports.at(Door.PROXY_ADMIN),
                                null),
                        data.directory("engine"),
                        environment);
        Secret agentToken = NodeAgent.newToken(new SecureRandom());
        NodeAgent.start(
                parts,
                data.directory("agent"),
                ports.at(Door.AGENT),
                new NodeAgent.AgentDoorKey(
                        backend.admin()
                                .authority()
                                .issue(LabSample.NODE, List.of(HostPort.LOOPBACK)),
                        agentToken),
                NodeEngine.profiler(engine));
        backend.startDiagnoser(
                parts,
                node ->
                        new AgentClient(
                                Connection.of(
                                        Objects.requireNonNull(node.spec().agent()),
                                        caPem,
                                        agentToken,
                                        "weir-lab")));
        var _ = backend.startServer(parts, ports.at(Door.ADMIN));
        NodeEngine.start(parts, engine);
        NodeAgent.startSnmp(
                parts,
                data.directory("snmp"),
                ports.at(Door.SNMP),
                settings.snmp(),
                backend.admin().ledger(),
                new NodeAgent.Counting(
                        LabSample.CLUSTER, LabSample.NODE, engine::version, engine::adminAddress));

        ReadyFile ready = describe(backend, data, ports, settings.snmp(), configuration);
        Secret token =
                parts.run(
                        "token",
                        () ->
                                new TokenFile(data.file("token"), backend.admin())
                                        .prepare(ready.admin(), caPem));
        parts.run(
                "probe",
                () -> {
                    new Probe(backend.discovery(), System::nanoTime, Thread::sleep)
                            .awaitReady(ready, token, caPem, configuration, READY_WITHIN);
                    return ready;
                });
        DemoTraffic traffic =
                parts.start(
                        "demo traffic",
                        () ->
                                new DemoTraffic(
                                                client(caPem),
                                                pages(ready),
                                                settings.traffic(),
                                                Thread::sleep,
                                                random)
                                        .start());
        startControl(parts, backend, ports.at(Door.CONTROL), token, traffic);
        announce(settings, parts, data, ready);
        if (!settings.headless()) {
            openConsole(parts, data, environment);
        }
        return new Lab(parts, ready, traffic);
    }

    ReadyFile ready() {
        return ready;
    }

    DemoTraffic traffic() {
        return traffic;
    }

    /// Ends everything in under three seconds.
    @Override
    public void close() {
        parts.close();
    }

    private static void startControl(
            Parts parts, Backend backend, HostPort listen, Secret token, DemoTraffic traffic)
            throws StartException {
        var _ =
                parts.start(
                        "control " + listen,
                        () ->
                                new LabControl(
                                                listen,
                                                backend.identity("weir-lab", listen),
                                                token,
                                                traffic)
                                        .start());
    }

    private static ReadyFile describe(
            Backend backend,
            DataDirectory data,
            Ports ports,
            Settings.Snmp snmp,
            Configuration configuration) {
        return new ReadyFile(
                ProcessHandle.current().pid(),
                URI.create("https://" + ports.at(Door.ADMIN)),
                backend.authorityFile().toString(),
                data.file("token").toString(),
                ports.at(Door.XDS).toString(),
                new ReadyFile.Snmp(
                        ports.at(Door.SNMP).toString(),
                        snmp.community() == null ? "" : snmp.community()),
                Probe.addresses(configuration),
                List.of(URI.create("https://" + ports.at(Door.AGENT))),
                URI.create("http://" + ports.at(Door.PPROF)),
                URI.create("https://" + ports.at(Door.CONTROL)));
    }

    private static OkHttpClient client(String caPem) {
        Trust trust = Trust.of(caPem);
        return new OkHttpClient.Builder()
                .sslSocketFactory(trust.context().getSocketFactory(), trust.manager())
                .callTimeout(Duration.ofSeconds(10))
                .followRedirects(false)
                // one for each user: else most would connect anew for each page
                .connectionPool(new ConnectionPool(DemoTraffic.HEAVY_USERS, 1, TimeUnit.MINUTES))
                .build();
    }

    private static List<URI> pages(ReadyFile ready) {
        List<URI> pages = new ArrayList<>();
        URI shop = ready.virtualServers().get(LabSample.SHOP);
        if (shop != null) {
            for (String path :
                    List.of(
                            "/",
                            "/",
                            "/item/7",
                            "/search?q=weir",
                            "/checkout/basket",
                            "/old/item")) {
                pages.add(shop.resolve(path));
            }
        }
        URI pay = ready.virtualServers().get(LabSample.PAY);
        if (pay != null) {
            pages.add(pay.resolve("/charge"));
        }
        return pages;
    }

    private static void openConsole(
            Parts parts, DataDirectory data, Map<String, String> environment)
            throws StartException {
        String distribution = System.getProperty("weir.dist", "");
        Optional<String> obstacle = ConsoleProcess.obstacle(environment, distribution);
        if (obstacle.isPresent()) {
            System.err.println("weir: no console: " + obstacle.get());
            return;
        }
        var _ =
                parts.start(
                        "console",
                        () ->
                                ConsoleProcess.open(
                                        Path.of(distribution),
                                        data.file(READY_FILE),
                                        data.directory("log").resolve("console.log")));
    }

    /// Writes the ready file to the data directory, where clients of this machine look, and to
    /// where it was asked for.
    private static void announce(
            Settings settings, Parts parts, DataDirectory data, ReadyFile ready)
            throws StartException {
        Set<Path> files = new LinkedHashSet<>(List.of(data.file(READY_FILE)));
        if (settings.readyFile() != null) {
            files.add(settings.readyFile());
        }
        for (Path file : files) {
            parts.onClose("ready file " + file, () -> Files.deleteIfExists(file));
            try {
                ready.write(file);
            } catch (IOException unwritable) {
                throw new StartException(
                        "ready file %s: cannot be written (%s); choose another with --ready-file"
                                .formatted(file, Failures.shortly(unwritable)),
                        unwritable);
            }
        }
    }
}
