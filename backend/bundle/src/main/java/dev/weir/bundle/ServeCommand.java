package dev.weir.bundle;

import dev.weir.api.AgentClient;
import dev.weir.api.Connection;
import dev.weir.model.NodeIdentity;
import dev.weir.model.Secret;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// `weir serve`.
@Command(
        name = "serve",
        description = "Starts admin, controller and diagnoser, without the lab's sample.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "With --join-listen, a declared node joins with the one-time token in 'join-token' of the"
                    + " data directory, which is another after each use. What agents of this machine need"
                    + " is in 'join' there. The discovery door wants the certificates of either."
        })
final class ServeCommand implements Callable<Integer> {
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final Map<String, String> environment;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    ServeCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = SettingFlags.read(spec, Setting.Role.SERVE, environment);
        Parts parts = new Parts(END_WITHIN);
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "weir-end"));
        start(settings, parts);
        spec.commandLine()
                .getOut()
                .printf(
                        "Weir serves: admin https://%s, xds %s; state in %s%n",
                        settings.listen().admin(), settings.listen().xds(), settings.data());
        spec.commandLine().getOut().flush();
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private static void start(Settings settings, Parts parts) throws StartException {
        Ports.require(Setting.ADMIN_LISTEN, settings.listen().admin(), false);
        Ports.require(Setting.XDS_LISTEN, settings.listen().xds(), false);
        HostPort joinListen = settings.listen().join();
        if (joinListen != null) {
            Ports.require(Setting.JOIN_LISTEN, joinListen, false);
        }
        DataDirectory data = parts.start("data", () -> DataDirectory.open(settings.data()));
        var _ = parts.start("logs", () -> Logs.start(data.directory("log"), settings.logLevel()));
        Backend backend =
                Backend.start(
                        parts,
                        data.directory("admin"),
                        settings.database(),
                        new Backend.Xds(settings.listen().xds(), true));
        JoinDirectory join = new JoinDirectory(data.directory("join"));
        Secret doorToken =
                parts.run(
                        "join directory",
                        () -> {
                            join.write(backend.admin());
                            return join.doorToken();
                        });
        String caPem = backend.admin().authority().certificatePem();
        backend.startDiagnoser(
                parts,
                node ->
                        new AgentClient(
                                Connection.of(
                                        Objects.requireNonNull(node.spec().agent()),
                                        caPem,
                                        DoorToken.of(doorToken, NodeIdentity.of(node)),
                                        "weir-serve"),
                                node));
        NodeTokens tokens =
                parts.start("node tokens", () -> new NodeTokens(backend.admin()).start());
        var _ = backend.startServer(parts, settings.listen().admin());
        HostPort joining = settings.listen().join();
        if (joining != null) {
            var _ =
                    parts.start(
                            "join " + joining,
                            () ->
                                    new JoinDoor(
                                                    joining,
                                                    backend,
                                                    join,
                                                    tokens,
                                                    OneTimeToken.open(
                                                            data.file("join-token"),
                                                            caPem,
                                                            new SecureRandom()))
                                            .start());
        }
    }
}
