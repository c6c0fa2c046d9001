package dev.weir.bundle;

import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.Trust;
import dev.weir.model.InvalidException;
import dev.weir.model.Node;
import dev.weir.model.NodeIdentity;
import dev.weir.model.Resource;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Lets nodes join: a declared node that shows the one-time token gets a certificate for its own
/// address and tokens of its own, once.
///
/// Each request runs on a virtual thread of its own.
final class JoinDoor implements AutoCloseable {
    static final String PATH = "/join";
    static final String RENEWAL = "/renew";
    private static final long MAX_BODY = 4096;

    private final Backend backend;
    private final JoinDirectory directory;
    private final NodeTokens tokens;
    private final OneTimeToken token;
    private final HttpsDoor door;

    JoinDoor(
            HostPort listen,
            Backend backend,
            JoinDirectory directory,
            NodeTokens tokens,
            OneTimeToken token)
            throws UnknownHostException {
        this.backend = backend;
        this.directory = directory;
        this.tokens = tokens;
        this.token = token;
        this.door =
                HttpsDoor.knowing(
                        Trust.of(backend.admin().authority().certificatePem()),
                        listen,
                        backend.identity("weir-join", listen),
                        MAX_BODY,
                        routing -> routing.post(PATH, this::join).post(RENEWAL, this::renew));
    }

    JoinDoor start() {
        door.start();
        return this;
    }

    @Override
    public void close() {
        door.close();
    }

    private void join(ServerRequest request, ServerResponse response) throws IOException {
        Enrolment.Wish wish;
        try {
            wish =
                    Codec.read(
                            Documents.STANDARD.json(request.content().inputStream()),
                            Enrolment.Wish.class,
                            "join");
        } catch (InvalidException invalid) {
            JsonAnswers.refuse(
                    request,
                    response,
                    Status.BAD_REQUEST_400,
                    "the document is not valid",
                    invalid.problems());
            return;
        }
        if (!token.matches(wish.token())) {
            unknown(request, response);
            return;
        }
        Optional<Resource<Node>> node =
                backend.admin()
                        .ledger()
                        .current(wish.cluster())
                        .map(cluster -> cluster.nodes().get(wish.node()));
        if (node.isEmpty()) {
            JsonAnswers.refuse(
                    request,
                    response,
                    Status.NOT_FOUND_404,
                    "node %s: is not declared in cluster %s; declare it first, the token stays"
                            .formatted(wish.node(), wish.cluster()),
                    List.of());
        } else if (token.use(wish.token())) {
            JsonAnswers.send(
                    response, directory.enrol(backend.admin(), node.get(), name(node.get())));
            tokens.sweep(); // the node may have been deleted meanwhile
        } else {
            unknown(request, response);
        }
    }

    /// Who shows a certificate of a declared node gets another one for it.
    private void renew(ServerRequest request, ServerResponse response) {
        Optional<Resource<Node>> node =
                request.remotePeer()
                        .tlsCertificates()
                        .flatMap(JoinDoor::identity)
                        .flatMap(this::declared);
        if (node.isPresent()) {
            JsonAnswers.send(
                    response, directory.renew(backend.admin(), node.get(), name(node.get())));
        } else {
            JsonAnswers.refuse(
                    request,
                    response,
                    Status.FORBIDDEN_403,
                    "the certificate was issued to no node that is declared; join again",
                    List.of());
        }
    }

    private static Optional<NodeIdentity> identity(Certificate[] chain) {
        try {
            return chain.length > 0 && chain[0] instanceof X509Certificate own
                    ? NodeIdentity.among(own.getSubjectAlternativeNames())
                    : Optional.empty();
        } catch (CertificateParsingException malformed) {
            return Optional.empty();
        }
    }

    private Optional<Resource<Node>> declared(NodeIdentity identity) {
        return backend.admin().ledger().clusters().stream()
                .flatMap(cluster -> backend.admin().ledger().current(cluster).stream())
                .flatMap(cluster -> cluster.nodes().values().stream())
                .filter(node -> NodeIdentity.of(node).equals(identity))
                .findFirst();
    }

    private static void unknown(ServerRequest request, ServerResponse response) {
        JsonAnswers.refuse(
                request,
                response,
                Status.UNAUTHORIZED_401,
                "the join token is wrong or was used; take the present one",
                List.of());
    }

    /// Never a name of the node's own choice: it could be that of another door.
    private static String name(Resource<Node> node) {
        URI agent = node.spec().agent();
        return agent == null || agent.getHost() == null
                ? "node-" + node.name()
                : agent.getHost().replace("[", "").replace("]", "");
    }
}
