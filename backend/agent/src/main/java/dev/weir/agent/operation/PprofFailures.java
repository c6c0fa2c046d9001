package dev.weir.agent.operation;

import dev.weir.model.Credential;
import dev.weir.model.FailureReason;

import okhttp3.HttpUrl;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Names what went wrong between the agent and one Go program, and says what to do.
///
/// @param url what was asked for
/// @param tokenSent whether the credential's token went along
record PprofFailures(HttpUrl url, @Nullable Credential credential, boolean tokenSent) {

    OperationFailedException beforeAnswer(IOException failure) {
        return switch (failure) {
            case GuardedDns.ForbiddenAddressException forbidden ->
                    failed(FailureReason.INVALID_PARAMETER, forbidden.getMessage(), "");
            case UnknownHostException unknown ->
                    failed(
                            FailureReason.UNKNOWN_HOST,
                            "host " + url.host() + " has no address",
                            "check the name and the agent's name server");
            case SSLPeerUnverifiedException unverified ->
                    failed(
                            FailureReason.TLS_HOSTNAME_MISMATCH,
                            "its certificate is for another name ("
                                    + ServerText.plain(unverified.getMessage())
                                    + ")",
                            "use a name that the certificate lists");
            case SSLException insecure -> ofTls(insecure);
            case InterruptedIOException timeout ->
                    failed(
                            FailureReason.TIMEOUT,
                            "no answer in time (" + timeout.getMessage() + ")",
                            "check that the program is alive and reachable from this node");
            case NoRouteToHostException noRoute ->
                    failed(
                            FailureReason.CONNECTION_REFUSED,
                            "no route to it",
                            "check the address and the firewalls between");
            case ConnectException refused ->
                    failed(
                            FailureReason.CONNECTION_REFUSED,
                            "nothing accepts connections there",
                            "start the program with its pprof listener, or correct the address");
            case ProtocolException notHttp ->
                    failed(
                            FailureReason.UNEXPECTED_STATUS,
                            "it does not speak HTTP ("
                                    + ServerText.plain(notHttp.getMessage())
                                    + ")",
                            "give the address of the pprof listener");
            default ->
                    failed(
                            FailureReason.CONNECTION_LOST,
                            "the connection broke before an answer ("
                                    + ServerText.plain(failure.getMessage())
                                    + ")",
                            "try again; look whether the program restarted");
        };
    }

    private OperationFailedException ofTls(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException
                    || cause instanceof CertificateNotYetValidException) {
                return failed(
                        FailureReason.TLS_CERTIFICATE_EXPIRED,
                        "its certificate is not valid today ("
                                + ServerText.plain(cause.getMessage())
                                + ")",
                        "renew the certificate, or correct the clocks");
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException
                    || cause instanceof CertPathValidatorException
                    || cause instanceof CertificateException) {
                return failed(
                        FailureReason.TLS_UNKNOWN_AUTHORITY,
                        "its certificate is not signed by an authority that "
                                + (hasAuthority()
                                        ? "credential " + credentialName() + " trusts"
                                        : "this machine trusts"),
                        "put the CA of the program into the credential of the diagnosis");
            }
        }
        return failed(
                FailureReason.TLS_HANDSHAKE_FAILED,
                "no TLS connection (" + ServerText.plain(failure.getMessage()) + ")",
                "check that the port speaks TLS 1.2 or newer");
    }

    OperationFailedException ofStatus(Response response, String body) {
        String said = ServerText.quoted(body, credential);
        return switch (response.code()) {
            case 401 -> failed(FailureReason.UNAUTHORIZED, "it wants a token" + said, tokenHint());
            case 403 ->
                    failed(
                            FailureReason.FORBIDDEN,
                            "the token may not read profiles" + said,
                            "grant it get on nonResourceURL /debug/pprof/*");
            case 404 ->
                    failed(
                            FailureReason.PROFILING_DISABLED,
                            "there is no such page" + said,
                            "import net/http/pprof, or start the program with --profiling=true");
            case 400 ->
                    body.contains("WriteTimeout")
                            ? failed(
                                    FailureReason.DURATION_EXCEEDS_SERVER_LIMIT,
                                    "it does not answer for so long" + said,
                                    "choose fewer seconds, or raise the server's WriteTimeout")
                            : unexpected(response, said);
            case 500 ->
                    body.contains("already in use")
                            ? failed(
                                    FailureReason.PROFILER_BUSY,
                                    "another CPU profile is running in it" + said,
                                    "try again when that one has ended")
                            : unexpected(response, said);
            default -> unexpected(response, said);
        };
    }

    private OperationFailedException unexpected(Response response, String said) {
        String location = response.header("Location");
        if (location != null) {
            return failed(
                    FailureReason.UNEXPECTED_STATUS,
                    "answered %d, a redirect to %s"
                            .formatted(response.code(), ServerText.plain(location)),
                    "redirects are not followed, so give the final address");
        }
        return failed(
                FailureReason.UNEXPECTED_STATUS,
                "answered " + response.code() + said,
                "look into the log of the program");
    }

    OperationFailedException whileReading(IOException failure, long received) {
        if (failure instanceof InterruptedIOException) {
            return failed(
                    FailureReason.TIMEOUT,
                    "fell silent after %d bytes".formatted(received),
                    "check that the program is alive");
        }
        return failed(
                FailureReason.CONNECTION_LOST,
                "the connection broke after %d bytes".formatted(received),
                "try again; look whether the program restarted");
    }

    OperationFailedException tooLarge(long limit) {
        return failed(
                FailureReason.PROFILE_TOO_LARGE,
                "sends more than %d bytes".formatted(limit),
                "check that this is a pprof address; the agent's limit can be raised");
    }

    OperationFailedException empty() {
        return failed(
                FailureReason.EMPTY_PROFILE,
                "answered 200 without a byte",
                "check that no proxy stands between");
    }

    private String tokenHint() {
        if (credential == null || credential.token() == null) {
            return "name a credential with a token in the diagnosis";
        }
        return tokenSent
                ? "renew the token of credential " + credentialName()
                : "the token of credential %s was not sent, because https://%s:%d is not among its origins; add it there"
                        .formatted(credentialName(), url.host(), url.port());
    }

    private boolean hasAuthority() {
        return credential != null && credential.caPem() != null;
    }

    private String credentialName() {
        return credential == null ? "" : credential.name();
    }

    private OperationFailedException failed(
            FailureReason reason, @Nullable String what, String remedy) {
        return new OperationFailedException(
                reason,
                "Go program %s: %s%s".formatted(url, what, remedy.isEmpty() ? "" : "; " + remedy));
    }
}
