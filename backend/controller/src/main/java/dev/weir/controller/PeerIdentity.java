package dev.weir.controller;

import dev.weir.model.NodeIdentity;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

import org.jspecify.annotations.Nullable;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Optional;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Reads from a call's certificate which node it was issued to, and refuses one that names none.
final class PeerIdentity implements ServerInterceptor {
    private static final Context.Key<NodeIdentity> KEY =
            Context.keyWithDefault("weir-node", NodeIdentity.ANY);

    /// Whose call is being accepted on this thread; anybody's where plain text is spoken.
    static NodeIdentity current() {
        return KEY.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Optional<NodeIdentity> identity =
                identity(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        if (identity.isEmpty()) {
            call.close(
                    Status.PERMISSION_DENIED.withDescription(
                            "certificate: names no node; join again to get one that does"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(
                Context.current().withValue(KEY, identity.get()), call, headers, next);
    }

    private static Optional<NodeIdentity> identity(@Nullable SSLSession session) {
        try {
            return session != null
                            && session.getPeerCertificates()[0] instanceof X509Certificate own
                    ? NodeIdentity.among(own.getSubjectAlternativeNames())
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException | CertificateParsingException unknown) {
            return Optional.empty();
        }
    }
}
