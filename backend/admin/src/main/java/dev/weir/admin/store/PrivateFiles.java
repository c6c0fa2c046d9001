package dev.weir.admin.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Writes files that only their owner can read, from their first byte on.
public final class PrivateFiles {
    private PrivateFiles() {}

    /// Writes the bytes to a file of mode 0600 where the file system knows modes.
    ///
    /// @param mode CREATE_NEW to refuse an existing file, CREATE to replace its content
    public static void write(Path file, byte[] bytes, StandardOpenOption mode) throws IOException {
        Set<OpenOption> options =
                Set.of(mode, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, ownerOnly(file))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0]; // on Windows the user's folder is private already
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }
}
