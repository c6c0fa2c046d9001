package dev.weir.xds;

import dev.weir.model.Certificate;
import dev.weir.model.Resource;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;

import java.util.Optional;

/// A certificate with its key as Envoy's `Secret`.
final class SecretTranslation {
    private SecretTranslation() {}

    /// Empty where the key is missing: a secret without it would be refused by every node.
    static Optional<Secret> secret(Resource<Certificate> resource) {
        Certificate certificate = resource.spec();
        if (certificate.privateKey() == null) {
            return Optional.empty();
        }
        return Optional.of(
                Secret.newBuilder()
                        .setName(XdsName.certificate(resource.metadata().id()).toString())
                        .setTlsCertificate(
                                TlsCertificate.newBuilder()
                                        .setCertificateChain(inline(certificate.chainPem()))
                                        .setPrivateKey(inline(certificate.privateKey().reveal())))
                        .build());
    }

    private static DataSource inline(String pem) {
        return DataSource.newBuilder().setInlineString(pem).build();
    }
}
