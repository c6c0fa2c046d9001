package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

class TlsTest {
    private static final String CERT = "cert/00000000-0000-0000-0000-000000000001";
    private static final String OTHER = "cert/00000000-0000-0000-0000-000000000002";

    private static final String WILD = "cert/00000000-0000-0000-0000-000000000003";

    private static X509Bundle certificate(String name) throws Exception {
        CertificateBuilder builder =
                new CertificateBuilder().subject("CN=" + name).setIsCertificateAuthority(true);
        // the builder takes no wildcard as an alternative name; then the subject counts
        return (name.startsWith("*") ? builder : builder.addSanDnsName(name)).buildSelfSigned();
    }

    private static void put(Lab lab, String name, X509Bundle bundle) throws Exception {
        assertThat(
                        lab.controller.put(
                                name,
                                Messages.secret(
                                        name,
                                        bundle.getCertificatePEM(),
                                        bundle.getPrivateKeyPEM())))
                .isEmpty();
    }

    private static Lab serving(Lab lab, Backend backend, String... certificates) throws Exception {
        lab.serving(backend);
        lab.controller.put(
                Lab.VS,
                Messages.listener(
                        Lab.VS,
                        0,
                        Messages.manager(Lab.VS, "vs_7").build(),
                        List.of(certificates)));
        // from then on the controller waits for the answer to each certificate that it sends
        Lab.eventually(() -> asked(lab).containsAll(List.of(certificates)));
        return lab;
    }

    private static List<String> asked(Lab lab) {
        return lab.controller.requests().stream()
                .filter(request -> request.getTypeUrl().endsWith(".Secret"))
                .flatMap(request -> request.getResourceNamesSubscribeList().stream())
                .toList();
    }

    private static SSLSocket handshake(Lab lab, String serverName) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        Socket plain = lab.connect();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "a", 0, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String subject(SSLSocket socket) throws IOException {
        X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return leaf.getSubjectX500Principal().getName();
    }

    private static String get(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write(Lab.head("GET / HTTP/1.1", "Host: a").getBytes(StandardCharsets.US_ASCII));
        return Lab.read(socket.getInputStream());
    }

    @Test
    void choosesTheCertificateBySni() throws Exception {
        try (Backend backend = Backend.echoingHeads();
                Lab lab = new Lab()) {
            serving(lab, backend, CERT, OTHER, WILD);
            put(lab, CERT, certificate("first.example"));
            put(lab, OTHER, certificate("second.example"));
            put(lab, WILD, certificate("*.wild.example"));

            try (SSLSocket first = handshake(lab, "unknown.example");
                    SSLSocket second = handshake(lab, "SECOND.example");
                    SSLSocket wild = handshake(lab, "a.wild.example")) {
                assertThat(subject(first)).isEqualTo("CN=first.example");
                assertThat(subject(second)).isEqualTo("CN=second.example");
                assertThat(subject(wild)).isEqualTo("CN=*.wild.example");
                assertThat(get(wild)).contains("x-forwarded-proto: https\r\n");
            }
        }
    }

    @Test
    void rotatesWithoutDroppingConnections() throws Exception {
        try (Backend backend = Backend.saying("kept");
                Lab lab = new Lab()) {
            serving(lab, backend, CERT);
            put(lab, CERT, certificate("old.example"));
            try (SSLSocket before = handshake(lab, "x")) {
                assertThat(get(before)).endsWith("kept");
                put(lab, CERT, certificate("new.example"));

                assertThat(get(before)).endsWith("kept");
                try (SSLSocket after = handshake(lab, "x")) {
                    assertThat(subject(after)).isEqualTo("CN=new.example");
                    assertThat(get(after)).endsWith("kept");
                }
            }
            assertThat(lab.stat("envoy_listener_ssl_handshake{envoy_listener_address=\"vs_7\"}"))
                    .isEqualTo("2");
            assertThat(lab.admin("/stats/prometheus"))
                    .contains(
                            "envoy_listener_ssl_certificate_expiration_unix_time_seconds"
                                    + "{envoy_tls_certificate=\""
                                    + CERT
                                    + "\",envoy_listener_address=\"vs_7\"} ");
        }
    }

    @Test
    void closesOnMalformedTlsAndLivesOn() throws Exception {
        try (Backend backend = Backend.saying("alive");
                Lab lab = new Lab()) {
            serving(lab, backend, CERT);
            put(lab, CERT, certificate("a.example"));
            lab.talk("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            lab.talk("\u0016\u0003\u0001\u0000\u0005junk!");

            try (SSLSocket socket = handshake(lab, "a.example")) {
                assertThat(get(socket)).endsWith("alive");
            }
            assertThat(
                            lab.stat(
                                    "envoy_listener_ssl_connection_error"
                                            + "{envoy_listener_address=\"vs_7\"}"))
                    .isEqualTo("2");
        }
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws Exception {
        try (Backend backend = Backend.saying("x");
                Lab lab = new Lab()) {
            serving(lab, backend, CERT);
            assertThat(
                            lab.controller.put(
                                    CERT,
                                    Messages.secret(
                                            CERT,
                                            certificate("a").getCertificatePEM(),
                                            certificate("b").getPrivateKeyPEM())))
                    .startsWith(CERT + ": tls_certificate: cannot be used: ");
        }
    }

    /// The tests look at the certificate themselves.
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // nothing is refused
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // nothing is refused
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
