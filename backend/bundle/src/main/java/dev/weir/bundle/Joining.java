package dev.weir.bundle;

import dev.weir.api.ApiException;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.ProblemDetails;
import dev.weir.api.Trust;
import dev.weir.model.InvalidException;

import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// The agent's side of joining: shows the one-time token to the join door, and to no server that is
/// not of the authority which the token names.
final class Joining {
    private static final MediaType JSON = MediaType.get("application/json");

    private Joining() {}

    /// Asks for what this node needs.
    static Enrolment ask(HostPort door, Path tokenFile, String cluster, String node)
            throws StartException, IOException {
        OneTimeToken.Parts token = token(tokenFile);
        Pinned pinned = new Pinned(token.fingerprint());
        OkHttpClient client =
                new OkHttpClient.Builder()
                        .sslSocketFactory(context(pinned).getSocketFactory(), pinned)
                        .build();
        Request request =
                new Request.Builder()
                        .url("https://" + door + JoinDoor.PATH)
                        .post(
                                RequestBody.create(
                                        Documents.toJson(
                                                Codec.writeWithSecrets(
                                                        new Enrolment.Wish(
                                                                token.secret(), cluster, node))),
                                        JSON))
                        .build();
        try (Response response = client.newCall(request).execute()) {
            byte[] body = Documents.STANDARD.bounded(response.body().byteStream());
            if (!response.isSuccessful()) {
                throw new ApiException(
                        Codec.read(Documents.STANDARD.json(body), ProblemDetails.class, "problem"));
            }
            return Codec.read(Documents.STANDARD.json(body), Enrolment.class, "enrolment");
        } catch (ApiException refused) {
            throw new StartException(
                    "join %s: %s".formatted(door, refused.details().detail()), refused);
        } catch (InvalidException notOurs) {
            throw new StartException(
                    "join %s: is no join door of this version; correct --join-address"
                            .formatted(door),
                    notOurs);
        } catch (SSLException untrusted) {
            throw new StartException(
                    "join %s: is not of the authority that made the token, or its certificate is for another host (%s); take the token and the address from the same 'weir serve'"
                            .formatted(door, Failures.shortly(untrusted)),
                    untrusted);
        } catch (IOException away) {
            throw new StartException(
                    "join %s: cannot be reached (%s); start 'weir serve --join-listen' there or correct --join-address"
                            .formatted(door, Failures.shortly(away)),
                    away);
        } finally {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
    }

    private static OneTimeToken.Parts token(Path file) throws StartException, IOException {
        try {
            return OneTimeToken.Parts.of(Files.readString(file))
                    .orElseThrow(() ->
                            new StartException(
                                    "join token file %s: holds no join token; copy 'join-token' from the data directory of 'weir serve'"
                                            .formatted(file)));
        } catch (NoSuchFileException absent) {
            throw new StartException(
                    "join token file %s: does not exist; copy 'join-token' from the data directory of 'weir serve'"
                            .formatted(file),
                    absent);
        }
    }

    private static SSLContext context(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Trusts the authority of this fingerprint, which the server sends along, and what it signed.
    private record Pinned(String fingerprint) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("no client is expected");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            X509Certificate authority = chain[chain.length - 1];
            if (!OneTimeToken.fingerprint(authority).equals(fingerprint)) {
                throw new CertificateException("the token names another authority");
            }
            String pem =
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                    .encodeToString(authority.getEncoded())
                            + "\n-----END CERTIFICATE-----\n";
            Trust.of(pem).manager().checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
