package dev.weir.api;

import com.fasterxml.jackson.databind.node.NullNode;

import dev.weir.model.Node;
import dev.weir.model.NodeIdentity;
import dev.weir.model.OperationRunner;
import dev.weir.model.Resource;

import okhttp3.Handshake;
import okhttp3.Interceptor;
import okhttp3.Response;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs operations on a node through its agent's HTTPS door. Blocking; any thread.
public final class AgentClient implements OperationRunner {
    private final Http http;

    public AgentClient(Connection connection) {
        http = new Http(connection);
    }

    /// A client that talks to nobody but this node: the door's certificate must have been issued to
    /// it, and not to one that had its name or address before.
    public AgentClient(Connection connection, Resource<Node> node) {
        http = new Http(connection, chain -> onlyTo(node, chain));
    }

    /// Runs when the connection is there and nothing was sent yet.
    private static Response onlyTo(Resource<Node> node, Interceptor.Chain chain)
            throws IOException {
        okhttp3.Connection reached = chain.connection();
        Handshake handshake = reached == null ? null : reached.handshake();
        if (handshake != null && isOf(node, handshake.peerCertificates().getFirst())) {
            return chain.proceed(chain.request());
        }
        throw new IOException(
                "node %s: the agent at %s has a certificate that was not issued to it; join it again"
                        .formatted(node.name(), chain.request().url().host()));
    }

    private static boolean isOf(Resource<Node> node, Certificate certificate) {
        try {
            return certificate instanceof X509Certificate door
                    && NodeIdentity.among(door.getSubjectAlternativeNames())
                            .filter(identity -> identity.isOf(node))
                            .isPresent();
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }

    @Override
    public Observation start(Request request) throws IOException {
        okhttp3.Request put =
                http.request(operation(request.runId()), Map.of())
                        .put(Http.body(Codec.writeWithSecrets(request)))
                        .build();
        return http.exchange(put, Observation.class);
    }

    @Override
    public Optional<Observation> observe(String runId) throws IOException {
        okhttp3.Request get = http.request(operation(runId), Map.of()).build();
        try {
            return Optional.of(http.exchange(get, Observation.class));
        } catch (ApiException refused) {
            return absent(refused);
        }
    }

    @Override
    public void cancel(String runId) throws IOException {
        okhttp3.Request post =
                http.request(operation(runId) + ":cancel", Map.of())
                        .post(Http.body(NullNode.getInstance()))
                        .build();
        try {
            http.exchange(post);
        } catch (ApiException refused) {
            if (refused.status() != 404) {
                throw refused;
            }
        }
    }

    @Override
    public Optional<InputStream> open(String sha256) throws IOException {
        okhttp3.Request get =
                http.request(ApiPaths.ARTIFACTS + "/" + ApiPaths.segment(sha256), Map.of()).build();
        try {
            return Optional.of(stream(http.send(get)));
        } catch (ApiException refused) {
            return absent(refused);
        }
    }

    /// Java processes of the node that can be recorded.
    public List<JvmProcess> jvms() throws IOException {
        okhttp3.Request get = http.request(ApiPaths.JVMS, Map.of()).build();
        return http.readList(get, http.exchange(get).node(), JvmProcess.class);
    }

    /// The body of an answer; closing it closes the answer.
    static InputStream stream(Response response) {
        return new FilterInputStream(response.body().byteStream()) {
            @Override
            public void close() {
                response.close();
            }
        };
    }

    private static String operation(String runId) {
        return ApiPaths.OPERATIONS + "/" + ApiPaths.segment(runId);
    }

    private static <T> Optional<T> absent(ApiException refused) throws ApiException {
        if (refused.status() == 404) {
            return Optional.empty();
        }
        throw refused;
    }
}
