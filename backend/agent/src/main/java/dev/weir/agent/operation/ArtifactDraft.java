package dev.weir.agent.operation;

import dev.weir.model.Diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// An artifact being written; invisible until committed, gone when closed before that.
///
/// Confined to the thread that writes it.
public final class ArtifactDraft implements AutoCloseable {
    private static final int MAX_NAME = 100;

    private final ArtifactStore store;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest;
    private long bytes;
    private boolean committed;

    ArtifactDraft(ArtifactStore store, Path file) throws IOException {
        this.store = store;
        this.file = file;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.digest = sha256();
    }

    /// Appends bytes.
    ///
    /// @throws OperationFailedException where the store's quota is exhausted
    public void write(byte[] source, int offset, int length)
            throws IOException, OperationFailedException {
        store.reserve(length);
        bytes += length;
        digest.update(source, offset, length);
        ByteBuffer left = ByteBuffer.wrap(source, offset, length);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    /// Appends everything the stream still holds.
    public void writeAll(InputStream source) throws IOException, OperationFailedException {
        byte[] buffer = new byte[1 << 16];
        for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
            write(buffer, 0, count);
        }
    }

    /// How many bytes were written so far.
    public long bytes() {
        return bytes;
    }

    /// What was written so far, from its beginning; the caller closes the stream.
    public InputStream read() throws IOException {
        return Files.newInputStream(file);
    }

    /// Makes the bytes durable, then visible under their hash.
    ///
    /// @param name what people see; other characters than letters, digits, `.`, `_`, `-` become `-`
    ///   and only the last 100 are kept
    /// @param format `pprof` or `jfr`
    public Diagnosis.Artifact commit(String name, String format) throws IOException {
        channel.force(true);
        channel.close();
        String sha256 = HexFormat.of().formatHex(digest.digest());
        store.adopt(file, sha256, bytes);
        committed = true;
        return new Diagnosis.Artifact(bounded(name), sha256, bytes, format);
    }

    /// Discards what was not committed.
    @Override
    public void close() throws IOException {
        if (!committed) {
            committed = true;
            store.release(bytes);
            channel.close();
            Files.deleteIfExists(file);
        }
    }

    private static String bounded(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "-");
        return plain.substring(Math.max(0, plain.length() - MAX_NAME));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
