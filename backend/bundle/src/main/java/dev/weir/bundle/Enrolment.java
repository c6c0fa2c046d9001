package dev.weir.bundle;

import dev.weir.model.Secret;

/// What a node gets for its one-time token, all of it its own.
///
/// @param authorityPem whom it may trust
/// @param chainPem its certificate, for its own address
/// @param key of the certificate, PEM
/// @param doorToken what callers of its agent must show
/// @param apiToken of the role agent
record Enrolment(
        String authorityPem, String chainPem, Secret key, Secret doorToken, Secret apiToken) {

    /// What a node gets for a certificate that runs out.
    record Certificate(String chainPem, Secret key) {}

    /// What it shows for that.
    record Wish(Secret token, String cluster, String node) {}
}
