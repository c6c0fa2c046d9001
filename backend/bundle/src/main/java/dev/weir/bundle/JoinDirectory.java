package dev.weir.bundle;

import dev.weir.admin.Admin;
import dev.weir.admin.auth.Identity;
import dev.weir.admin.store.PrivateFiles;
import dev.weir.api.Role;
import dev.weir.model.Node;
import dev.weir.model.NodeIdentity;
import dev.weir.model.Resource;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;

/// What an agent must hold to work with an admin, as files that `weir serve` writes and the
/// operator carries to the node.
///
/// @param path `ca.pem`, `agent.pem`, `agent.key`, `door-token` and `api-token` are in it
record JoinDirectory(Path path) {
    private static final String AUTHORITY = "ca.pem";
    private static final String CHAIN = "agent.pem";
    private static final String KEY = "agent.key";
    private static final String DOOR_TOKEN = "door-token";
    private static final String API_TOKEN = "api-token";

    /// What a node needs, with a certificate and an API token that are its own.
    ///
    /// @param host the address that its agent is reached by
    Enrolment enrol(Admin admin, Resource<Node> node, String host) throws IOException {
        NodeIdentity identity = NodeIdentity.of(node);
        Identity certificate = admin.authority().issue(node.name(), List.of(host), identity);
        return new Enrolment(
                admin.authority().certificatePem(),
                certificate.chainPem(),
                certificate.keyPem(),
                DoorToken.of(
                        new Secret(Files.readString(path.resolve(DOOR_TOKEN)).strip()), identity),
                NodeTokens.issue(admin, node));
    }

    /// Another certificate for a node that has one.
    Enrolment.Certificate renew(Admin admin, Resource<Node> node, String host) {
        Identity identity =
                admin.authority().issue(node.name(), List.of(host), NodeIdentity.of(node));
        return new Enrolment.Certificate(identity.chainPem(), identity.keyPem());
    }

    /// Whether a node that joined has kept what it got.
    boolean isComplete() {
        return Files.exists(path.resolve(AUTHORITY));
    }

    /// Keeps what a node got; the authority last, because it tells that all is there.
    void keep(Enrolment enrolment) throws IOException {
        Files.createDirectories(path);
        write(CHAIN, enrolment.chainPem());
        write(KEY, enrolment.key().reveal());
        write(DOOR_TOKEN, enrolment.doorToken().reveal());
        write(API_TOKEN, enrolment.apiToken().reveal());
        write(AUTHORITY, enrolment.authorityPem());
    }

    /// Keeps a renewed certificate. A crash between the two files leaves a pair that does not
    /// match, after which the node joins again.
    void keep(Enrolment.Certificate renewed) throws IOException {
        write(KEY, renewed.key().reveal());
        write(CHAIN, renewed.chainPem());
    }

    String chainPem() throws IOException, StartException {
        return text(CHAIN);
    }

    /// The node's certificate and key.
    Identity identity() throws IOException, StartException {
        return new Identity(text(CHAIN), read(KEY));
    }

    /// What proves this node to the controller.
    NodeEngine.Proof proof() {
        return new NodeEngine.Proof(
                path.resolve(AUTHORITY), path.resolve(CHAIN), path.resolve(KEY));
    }

    /// Writes what is missing; the authority and the agents' certificate are always renewed.
    void write(Admin admin) throws IOException {
        Files.createDirectories(path);
        Identity agent = admin.authority().issue("weir-agent", names(), NodeIdentity.ANY);
        write(AUTHORITY, admin.authority().certificatePem());
        write(CHAIN, agent.chainPem());
        write(KEY, agent.keyPem().reveal());
        if (!Files.exists(path.resolve(DOOR_TOKEN))) {
            write(DOOR_TOKEN, NodeAgent.newToken(new SecureRandom()).reveal());
        }
        if (!Files.exists(path.resolve(API_TOKEN))) {
            // nobody logs in as this user: only its tokens are used
            var _ =
                    admin.createUser(
                            NodeTokens.AGENTS, Role.AGENT, NodeAgent.newToken(new SecureRandom()));
            write(API_TOKEN, admin.issueToken(NodeTokens.AGENTS, "agents").reveal());
        }
    }

    String authorityPem() throws IOException, StartException {
        return text(AUTHORITY);
    }

    Secret apiToken() throws IOException, StartException {
        return read(API_TOKEN);
    }

    /// What opens the node's door, or in the directory of `weir serve` what each is made from.
    Secret doorToken() throws IOException, StartException {
        return read(DOOR_TOKEN);
    }

    /// What the door of a node's agent shows, and what callers of it must show.
    ///
    /// @param node null where this directory is the node's own and holds its token
    NodeAgent.AgentDoorKey doorKey(@Nullable NodeIdentity node) throws IOException, StartException {
        return new NodeAgent.AgentDoorKey(
                new Identity(text(CHAIN), read(KEY)),
                node == null ? doorToken() : DoorToken.of(doorToken(), node));
    }

    private Secret read(String name) throws IOException, StartException {
        return new Secret(text(name).strip());
    }

    private String text(String name) throws IOException, StartException {
        try {
            return Files.readString(path.resolve(name));
        } catch (NoSuchFileException absent) {
            throw new StartException(
                    "join directory %s: has no %s; copy 'join' from the data directory of 'weir serve'"
                            .formatted(path, name),
                    absent);
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = path.resolve(name);
        Files.deleteIfExists(file);
        PrivateFiles.write(
                file,
                (text.strip() + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE_NEW);
    }

    private static List<String> names() throws UnknownHostException {
        return List.of("localhost", HostPort.LOOPBACK, InetAddress.getLocalHost().getHostName());
    }
}
