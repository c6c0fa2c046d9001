package dev.weir.bundle;

import dev.weir.agent.supervise.ProxyEngine;
import dev.weir.api.ApiException;
import dev.weir.api.Connection;
import dev.weir.api.WeirClient;
import dev.weir.model.NodeIdentity;
import dev.weir.model.RevisionSource;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import javax.net.ssl.SSLException;

/// `weir agent`.
@Command(
        name = "agent",
        description = "Starts a node: its proxy, its SNMP agent and the door for diagnosis.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The node must be declared in the cluster, with the addresses of --agent-listen and"
                    + " --snmp-listen. It joins once, with the token of 'weir serve --join-listen':"
                    + " --join-address and --join-token-file; what it gets is kept in its data"
                    + " directory. On the machine of 'weir serve', --join DIR names the directory"
                    + " 'join' that it wrote.",
            "",
            "SNMPv3 users (SHA-256, AES-128) are listed in weir.yaml, their passphrases in files or"
                    + " variables:",
            "  snmp-users:",
            "    - name: ops",
            "      authentication-file: /etc/weir/ops.auth",
            "      privacy-variable: OPS_PRIVACY"
        })
final class AgentCommand implements Callable<Integer> {
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final Map<String, String> environment;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    AgentCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /// What an agent must know of its admin.
    private record Membership(
            URI admin, JoinDirectory directory, HostPort xds, String cluster, String node) {}

    @Override
    public Integer call() throws Exception {
        Settings settings = SettingFlags.read(spec, Setting.Role.AGENT, environment);
        Membership membership = membership(settings);
        Parts parts = new Parts(END_WITHIN);
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "weir-end"));
        start(settings, membership, parts);
        spec.commandLine()
                .getOut()
                .printf(
                        "Node %s of cluster %s: agent https://%s, snmp %s (%s); state in %s%n",
                        membership.node(),
                        membership.cluster(),
                        settings.listen().agent(),
                        settings.listen().snmp(),
                        answered(settings.snmp()),
                        settings.data());
        spec.commandLine().getOut().flush();
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private void start(Settings settings, Membership membership, Parts parts)
            throws StartException {
        Ports.require(Setting.AGENT_LISTEN, settings.listen().agent(), false);
        Ports.require(Setting.SNMP_LISTEN, settings.listen().snmp(), true);
        DataDirectory data = parts.start("data", () -> DataDirectory.open(settings.data()));
        var _ = parts.start("logs", () -> Logs.start(data.directory("log"), settings.logLevel()));
        parts.run("join", () -> joined(settings.join(), membership));
        HostPort joinDoor = settings.join().address();
        if (joinDoor != null && settings.join().directory() == null) {
            var _ =
                    parts.start(
                            "renewal",
                            () ->
                                    new Renewal(
                                                    joinDoor,
                                                    membership.directory(),
                                                    InstantSource.system())
                                            .start());
        }
        RemoteRevisions revisions =
                parts.start("admin " + membership.admin(), () -> follow(membership));
        ProxyEngine engine =
                NodeEngine.of(
                        settings,
                        new NodeEngine.Place(
                                membership.cluster(),
                                membership.node(),
                                membership.xds(),
                                HostPort.loopback(0),
                                membership.directory().proof()),
                        data.directory("engine"),
                        environment);
        NodeAgent.AgentDoorKey key =
                parts.run(
                        "join directory",
                        () ->
                                membership
                                        .directory()
                                        .doorKey(
                                                settings.join().directory() == null
                                                        ? null
                                                        : identity(revisions, membership)));
        NodeAgent.start(
                parts,
                data.directory("agent"),
                settings.listen().agent(),
                key,
                NodeEngine.profiler(engine));
        NodeEngine.start(parts, engine);
        NodeAgent.startSnmp(
                parts,
                data.directory("snmp"),
                settings.listen().snmp(),
                settings.snmp(),
                revisions,
                new NodeAgent.Counting(
                        membership.cluster(),
                        membership.node(),
                        engine::version,
                        engine::adminAddress));
    }

    /// Whose door it is, on the machine of `weir serve`; nobody asks at that of an undeclared node.
    private static NodeIdentity identity(RevisionSource revisions, Membership membership) {
        return revisions
                .current(membership.cluster())
                .map(found -> found.nodes().get(membership.node()))
                .map(NodeIdentity::of)
                .orElse(NodeIdentity.ANY);
    }

    private static String answered(Settings.Snmp snmp) {
        List<String> who = new ArrayList<>();
        snmp.users().forEach(user -> who.add("user " + user.name()));
        if (snmp.community() != null) {
            who.add("a community");
        }
        return who.isEmpty()
                ? "answers nobody: weir.yaml lists no snmp-users"
                : "answers " + String.join(", ", who);
    }

    /// Joins with the one-time token where that was not done before.
    private static JoinDirectory joined(Settings.Join join, Membership membership)
            throws StartException, IOException {
        JoinDirectory directory = membership.directory();
        HostPort door = join.address();
        Path token = join.tokenFile();
        if (join.directory() == null && door != null && token != null && !directory.isComplete()) {
            directory.keep(Joining.ask(door, token, membership.cluster(), membership.node()));
        }
        return directory;
    }

    private static RemoteRevisions follow(Membership membership) throws Exception {
        try {
            return new RemoteRevisions(
                            client(membership), membership.cluster(), InstantSource.system())
                    .start();
        } catch (ApiException refused) {
            throw new StartException(
                    "admin %s: %s".formatted(membership.admin(), refused.details().detail()),
                    refused);
        } catch (SSLException untrusted) {
            throw new StartException(
                    "admin %s: its certificate is not of the authority in %s; copy 'join' from it again"
                            .formatted(membership.admin(), membership.directory().path()),
                    untrusted);
        } catch (ConnectException | UnknownHostException | SocketTimeoutException away) {
            throw new StartException(
                    "admin %s: cannot be reached (%s); start 'weir serve' there or correct --admin"
                            .formatted(membership.admin(), Failures.shortly(away)),
                    away);
        }
    }

    private static WeirClient client(Membership membership) throws Exception {
        return new WeirClient(
                Connection.of(
                        membership.admin(),
                        membership.directory().authorityPem(),
                        membership.directory().apiToken(),
                        "weir-agent"));
    }

    private static Membership membership(Settings settings) throws Exception {
        Settings.Join join = settings.join();
        Path given = join.directory();
        boolean byToken = given == null && join.tokenFile() != null;
        List<String> problems = new ArrayList<>();
        if (byToken && join.address() == null) {
            problems.add(needed(Setting.JOIN_ADDRESS));
        }
        String node = join.node();
        Membership membership =
                new Membership(
                        required(Setting.ADMIN, join.admin(), URI.create("https://-"), problems),
                        new JoinDirectory(
                                byToken
                                        ? settings.data().resolve("join")
                                        : required(Setting.JOIN, given, Path.of("-"), problems)),
                        required(Setting.XDS, join.xds(), HostPort.loopback(0), problems),
                        required(Setting.CLUSTER, join.cluster(), "-", problems),
                        node == null ? hostName() : node);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return membership;
    }

    private static <T> T required(
            Setting setting, @Nullable T value, T placeholder, List<String> problems) {
        if (value == null) {
            problems.add(needed(setting));
            return placeholder;
        }
        return value;
    }

    private static String needed(Setting setting) {
        return "settings: %s is needed to join; give %s, %s or a line in weir.yaml"
                .formatted(setting.key(), setting.flag(), setting.variable());
    }

    private static String hostName() throws Exception {
        String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
