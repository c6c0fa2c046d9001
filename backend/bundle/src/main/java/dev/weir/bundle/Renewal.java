package dev.weir.bundle;

import dev.weir.admin.auth.Identity;
import dev.weir.api.ApiException;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.ProblemDetails;
import dev.weir.api.Trust;
import dev.weir.model.InvalidException;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Keeps a node's certificate from running out: when two thirds of its life are gone, the node
/// shows it to the join door and gets another.
///
/// Connections that are made from the next start on show the new one.
final class Renewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration PERIOD = Duration.ofHours(12);

    private final HostPort door;
    private final JoinDirectory directory;
    private final InstantSource clock;
    private final Thread thread;

    /// @param door of the `weir serve` that the node joined
    /// @param directory the node's own
    Renewal(HostPort door, JoinDirectory directory, InstantSource clock) {
        this.door = door;
        this.directory = directory;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("weir-renewal").unstarted(this::run);
    }

    /// Renews at once what is due, before anything shows it, and from then on what becomes due.
    Renewal start() {
        renew();
        thread.start();
        return this;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                renew();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /// Does nothing where it is not due, and tells of what fails: the old one still serves.
    private void renew() {
        try {
            X509Certificate now = certificate(directory.chainPem());
            if (isDue(now)) {
                directory.keep(ask());
                LOG.info("certificate: renewed; connections show it from the next start on");
            }
        } catch (IOException | StartException | GeneralSecurityException failed) {
            LOG.warn("certificate: could not be renewed at {}; tried again later", door, failed);
        }
    }

    private boolean isDue(X509Certificate certificate) {
        Instant begin = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(begin, certificate.getNotAfter().toInstant());
        return !clock.instant().isBefore(begin.plus(life.multipliedBy(2).dividedBy(3)));
    }

    private Enrolment.Certificate ask() throws IOException, StartException {
        Trust trust = Trust.of(directory.authorityPem());
        Identity own = directory.identity();
        OkHttpClient client =
                new OkHttpClient.Builder()
                        .sslSocketFactory(own.context(trust).getSocketFactory(), trust.manager())
                        .build();
        Request request =
                new Request.Builder()
                        .url("https://" + door + JoinDoor.RENEWAL)
                        .post(RequestBody.create(new byte[0], null))
                        .build();
        try (Response response = client.newCall(request).execute()) {
            byte[] body = Documents.STANDARD.bounded(response.body().byteStream());
            if (!response.isSuccessful()) {
                throw new ApiException(
                        Codec.read(Documents.STANDARD.json(body), ProblemDetails.class, "problem"));
            }
            return Codec.read(
                    Documents.STANDARD.json(body), Enrolment.Certificate.class, "certificate");
        } catch (InvalidException notOurs) {
            throw new IOException("join " + door + ": is no join door of this version", notOurs);
        } finally {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
    }

    private static X509Certificate certificate(String chainPem) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(
                                        chainPem.getBytes(StandardCharsets.US_ASCII)));
    }
}
