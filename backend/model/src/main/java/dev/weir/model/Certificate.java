package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A server certificate with its key.
///
/// @param chainPem the server's certificate first, then its issuers, in PEM
/// @param privateKey the key in PKCS#8 PEM; write-only: null in what the server answers, and null
///   in an edit keeps the stored one
public record Certificate(String chainPem, @Nullable Secret privateKey) implements Spec {
    private static final int MAX_CHAIN = 256 * 1024;

    public Certificate {
        chainPem = chainPem == null ? "" : chainPem;
    }

    @Override
    public Kind kind() {
        return Kind.CERTIFICATE;
    }

    public Certificate withPrivateKey(@Nullable Secret key) {
        return new Certificate(chainPem, key);
    }

    /// Judges the outer form; admin also parses the chain and proves that the key belongs to it.
    @Override
    public List<Problem> problems() {
        return new Problems()
                .require(
                        chainPem.contains("-----BEGIN CERTIFICATE-----"),
                        "chainPem",
                        "must hold a PEM certificate")
                .require(
                        chainPem.length() <= MAX_CHAIN,
                        "chainPem",
                        "must be at most " + MAX_CHAIN + " characters")
                .require(
                        privateKey == null
                                || privateKey.reveal().contains("-----BEGIN PRIVATE KEY-----"),
                        "privateKey",
                        "must be a PKCS#8 PEM key (-----BEGIN PRIVATE KEY-----)")
                .list();
    }
}
