package dev.weir.admin.store;

import dev.weir.model.Secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets at rest with AES-256-GCM under a key file that only its owner can read. Any
/// thread.
public final class Vault {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String VERSION = "v1:";

    private final SecretKeySpec key;
    private final SecureRandom random;

    private Vault(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /// Opens the vault of this key file, which is made where it is absent.
    public static Vault open(Path keyFile, SecureRandom random) throws IOException {
        if (!Files.exists(keyFile)) {
            byte[] fresh = new byte[KEY_BYTES];
            random.nextBytes(fresh);
            try {
                PrivateFiles.write(keyFile, fresh, StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException another) {
                // another process was first; its key is the key
            }
        }
        byte[] key = Files.readAllBytes(keyFile);
        if (key.length != KEY_BYTES) {
            throw new IOException(
                    "key file %s: must hold %d bytes (%d); restore it from the backup"
                            .formatted(keyFile, KEY_BYTES, key.length));
        }
        return new Vault(key, random);
    }

    String seal(Secret secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed =
                crypt(
                        Cipher.ENCRYPT_MODE,
                        nonce,
                        secret.reveal().getBytes(StandardCharsets.UTF_8),
                        0);
        byte[] both = new byte[NONCE_BYTES + sealed.length];
        System.arraycopy(nonce, 0, both, 0, NONCE_BYTES);
        System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
        return VERSION + Base64.getEncoder().encodeToString(both);
    }

    Secret unseal(String sealed) {
        if (!sealed.startsWith(VERSION)) {
            throw new IllegalStateException("sealed secret: is of another version");
        }
        byte[] both = Base64.getDecoder().decode(sealed.substring(VERSION.length()));
        byte[] nonce = java.util.Arrays.copyOf(both, NONCE_BYTES);
        byte[] open = crypt(Cipher.DECRYPT_MODE, nonce, both, NONCE_BYTES);
        return new Secret(new String(open, StandardCharsets.UTF_8));
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] input, int offset) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input, offset, input.length - offset);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(
                    "sealed secret: cannot be opened; the key file does not belong to this"
                            + " database, restore both from one backup",
                    broken);
        }
    }
}
