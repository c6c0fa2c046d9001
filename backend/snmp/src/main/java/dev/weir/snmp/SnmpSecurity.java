package dev.weir.snmp;

import dev.weir.model.Secret;

/// How a manager proves who it is.
public sealed interface SnmpSecurity {

    /// SNMPv2c: a shared word in clear text, for loopback and closed networks alone.
    record Community(Secret community) implements SnmpSecurity {}

    /// SNMPv3 with authentication (HMAC-SHA-256, RFC 7860) and privacy (AES-128, RFC 3826).
    ///
    /// @param name 1 to 32 bytes
    /// @param authentication passphrase, at least 8 characters
    /// @param privacy passphrase, at least 8 characters
    record User(String name, Secret authentication, Secret privacy) implements SnmpSecurity {
        private static final int MIN_PASSPHRASE = 8;

        /// @throws IllegalArgumentException where the name or a passphrase is too short or long
        public User {
            if (name.isEmpty() || name.length() > 32) {
                throw new IllegalArgumentException(
                        "SNMP user: the name must have 1 to 32 characters ('" + name + "')");
            }
            if (authentication.reveal().length() < MIN_PASSPHRASE
                    || privacy.reveal().length() < MIN_PASSPHRASE) {
                throw new IllegalArgumentException(
                        "SNMP user "
                                + name
                                + ": a passphrase is too short; both need 8 characters or more"
                                + " (RFC 3414 §11.2)");
            }
        }
    }
}
