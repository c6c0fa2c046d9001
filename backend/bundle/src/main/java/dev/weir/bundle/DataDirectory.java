package dev.weir.bundle;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The one place of a process's state, held by a file lock for as long as the process lives.
final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "lock";

    /// Beyond the text of the file, because a locked region cannot be read on Windows.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /// What a start must be able to write; a disk with less than this is full.
    private static final int PROBE_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /// Makes the directory where it is absent, locks it and proves that it can be written.
    ///
    /// @throws StartException with the reason and the remedy
    static DataDirectory open(Path path) throws StartException {
        FileChannel channel = null;
        try {
            create(path);
            channel =
                    FileChannel.open(
                            path.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                String owner = Files.readString(path.resolve(LOCK)).strip();
                channel.close();
                throw new StartException(
                        "data directory %s: is in use by process %s; stop that one or choose another with --data"
                                .formatted(path, owner.isEmpty() ? "(unknown)" : owner));
            }
            channel.truncate(0);
            write(channel, ProcessHandle.current().pid() + "\n");
            probe(path);
            return new DataDirectory(path, channel, lock);
        } catch (IOException broken) {
            close(channel, broken);
            throw unusable(path, broken);
        }
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /// A directory in here, made where it is absent.
    Path directory(String name) throws StartException {
        Path directory = path.resolve(name);
        try {
            create(directory);
        } catch (IOException broken) {
            throw unusable(directory, broken);
        }
        return directory;
    }

    /// Lets another process have the directory.
    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }

    /// The one line for a directory that cannot be used.
    static StartException unusable(Path path, IOException broken) {
        String reason =
                switch (broken) {
                    case AccessDeniedException _ ->
                            "may not be written; grant this user access or choose another with --data";
                    case FileAlreadyExistsException _ ->
                            "is no directory; choose another with --data";
                    case IOException other
                            when String.valueOf(other.getMessage()).contains("No space left")
                                    || String.valueOf(other.getMessage())
                                            .contains("not enough space") ->
                            "its disk is full; free some space or choose another with --data";
                    case IOException other ->
                            "cannot be written (%s); choose another with --data"
                                    .formatted(other.getMessage());
                };
        return new StartException("data directory " + path + ": " + reason, broken);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException thisProcess) {
            return null;
        }
    }

    private static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        // keys and tokens live in here
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    private static void probe(Path path) throws IOException {
        Path probe = path.resolve("probe");
        try (FileChannel file =
                FileChannel.open(
                        probe,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(PROBE_BYTES);
            while (zeros.hasRemaining()) {
                file.write(zeros);
            }
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void close(@Nullable FileChannel channel, IOException broken) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException second) {
            broken.addSuppressed(second);
        }
    }
}
