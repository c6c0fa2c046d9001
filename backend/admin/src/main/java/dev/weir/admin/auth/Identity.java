package dev.weir.admin.auth;

import dev.weir.api.Trust;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// A certificate with its issuers, and its key: what a server shows to prove who it is.
///
/// @param chainPem the server's certificate first
/// @param keyPem PKCS#8; an EC key
public record Identity(String chainPem, Secret keyPem) {

    /// A TLS context that shows this identity and asks clients for none.
    public SSLContext serverContext() {
        return context((TrustManager[]) null);
    }

    /// A TLS context that shows this identity to servers and to clients, and trusts as it is told.
    public SSLContext context(Trust trust) {
        return context(new TrustManager[] {trust.manager()});
    }

    private SSLContext context(TrustManager @Nullable [] trusted) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] none = new char[0];
            Certificate[] chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            chainPem.getBytes(StandardCharsets.US_ASCII)))
                            .toArray(new Certificate[0]);
            store.setKeyEntry("server", key(), none, chain);
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted, null);
            return context;
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new IllegalArgumentException(
                    "identity: certificate and key must be PEM and belong together", unreadable);
        }
    }

    private PrivateKey key() throws GeneralSecurityException {
        String text =
                keyPem.reveal()
                        .replace("-----BEGIN PRIVATE KEY-----", "")
                        .replace("-----END PRIVATE KEY-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text)));
    }
}
