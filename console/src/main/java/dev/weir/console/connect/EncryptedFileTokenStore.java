package dev.weir.console.connect;

import dev.weir.model.Secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Keeps tokens in a file, each encrypted with AES-256-GCM under a key in a second file that only
/// its owner may read.
///
/// It guards what is copied without the key (backups, support bundles, a shared settings
/// directory), not against programs of the same user; the key stores of the operating systems do
/// more and come first.
final class EncryptedFileTokenStore implements TokenStore {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final Path keyFile;
    private final Path tokenFile;

    EncryptedFileTokenStore(Path directory) {
        this.keyFile = directory.resolve("tokens.key");
        this.tokenFile = directory.resolve("tokens.properties");
    }

    @Override
    public synchronized Optional<Secret> find(String profile) throws IOException {
        String sealed = read().getProperty(profile);
        if (sealed == null || !Files.exists(keyFile)) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
            byte[] nonce = new byte[NONCE_BYTES];
            bytes.get(nonce);
            byte[] body = new byte[bytes.remaining()];
            bytes.get(body);
            byte[] clear = cipher(Cipher.DECRYPT_MODE, nonce, profile).doFinal(body);
            return Optional.of(new Secret(new String(clear, StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | RuntimeException damaged) {
            throw new IOException(
                    "token of "
                            + profile
                            + ": cannot be decrypted ("
                            + tokenFile
                            + "); enter the token again",
                    damaged);
        }
    }

    @Override
    public synchronized void keep(String profile, Secret token) throws IOException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] body =
                    cipher(Cipher.ENCRYPT_MODE, nonce, profile)
                            .doFinal(token.reveal().getBytes(StandardCharsets.UTF_8));
            byte[] sealed =
                    ByteBuffer.allocate(nonce.length + body.length).put(nonce).put(body).array();
            Properties tokens = read();
            tokens.setProperty(profile, Base64.getEncoder().encodeToString(sealed));
            write(tokens);
        } catch (GeneralSecurityException absent) {
            throw new IOException(
                    "token of " + profile + ": AES-GCM is absent from this Java; use JDK 25",
                    absent);
        }
    }

    @Override
    public synchronized void forget(String profile) throws IOException {
        Properties tokens = read();
        if (tokens.remove(profile) != null) {
            write(tokens);
        }
    }

    /// The profile's name is authenticated with the token, so that tokens cannot change places.
    private Cipher cipher(int mode, byte[] nonce, String profile)
            throws GeneralSecurityException, IOException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(profile.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private byte[] key() throws IOException {
        if (!Files.exists(keyFile)) {
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(key);
            createPrivate(keyFile);
            Files.write(keyFile, key);
        }
        return Files.readAllBytes(keyFile);
    }

    private Properties read() throws IOException {
        Properties tokens = new Properties();
        if (Files.exists(tokenFile)) {
            try (var reader = Files.newBufferedReader(tokenFile)) {
                tokens.load(reader);
            }
        }
        return tokens;
    }

    private void write(Properties tokens) throws IOException {
        Path fresh = tokenFile.resolveSibling("tokens.properties.new");
        Files.deleteIfExists(fresh);
        createPrivate(fresh);
        try (var writer = Files.newBufferedWriter(fresh)) {
            tokens.store(writer, null);
        }
        Files.move(
                fresh,
                tokenFile,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void createPrivate(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }
}
