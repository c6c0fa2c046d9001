package dev.weir.admin.auth;

import dev.weir.model.Secret;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/// Argon2id hashes of passwords (RFC 9106) with 19 MiB and 2 passes, the OWASP floor of 2024.
record Passwords(SecureRandom random) {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int BYTES = 32;

    /// So many random bytes as text for a URL.
    static Secret random(SecureRandom random, int bytes) {
        byte[] fresh = new byte[bytes];
        random.nextBytes(fresh);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(fresh));
    }

    /// The hash with its salt, as text to be stored.
    String hash(Secret password) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "argon2id$"
                + encoder.encodeToString(salt)
                + "$"
                + encoder.encodeToString(derive(password, salt));
    }

    /// Whether the password is the one that was hashed; takes as long for a wrong one.
    boolean matches(Secret password, String stored) {
        int end = stored.lastIndexOf('$');
        int start = stored.indexOf('$');
        byte[] salt = Base64.getDecoder().decode(stored.substring(start + 1, end));
        byte[] expected = Base64.getDecoder().decode(stored.substring(end + 1));
        return MessageDigest.isEqual(expected, derive(password, salt));
    }

    private static byte[] derive(Secret password, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(MEMORY_KIB)
                        .withIterations(PASSES)
                        .withParallelism(1)
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[BYTES];
        generator.generateBytes(password.reveal().getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
