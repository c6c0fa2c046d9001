package dev.weir.bundle;

import dev.weir.model.NodeIdentity;
import dev.weir.model.Secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What opens one agent's door and no other: each node knows its own alone, and `weir serve` makes
/// each from a secret of its own.
final class DoorToken {
    private static final String ALGORITHM = "HmacSHA256";

    private DoorToken() {}

    /// @param secret of `weir serve`
    static Secret of(Secret secret, NodeIdentity node) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(
                    new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] token = mac.doFinal(node.uri().toString().getBytes(StandardCharsets.UTF_8));
            return new Secret(HexFormat.of().formatHex(token));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
