package dev.weir.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class DataDirectoryTest {
    @TempDir private Path folder;

    @Test
    void isOneProcessesAloneUntilItIsClosed() throws Exception {
        Path path = folder.resolve("data");
        try (DataDirectory first = DataDirectory.open(path)) {
            assertThatThrownBy(() -> DataDirectory.open(first.path()))
                    .isInstanceOf(StartException.class)
                    .hasMessage(
                            "data directory %s: is in use by process %d; stop that one or choose another with --data"
                                    .formatted(path, ProcessHandle.current().pid()));
        }
        DataDirectory.open(path).close();
    }

    @Test
    void isForItsOwnerOnly() throws Exception {
        try (DataDirectory data = DataDirectory.open(folder.resolve("data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void saysThatAFileIsNoDirectory() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("data directory " + file + ": ");
        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    @Test
    void saysThatTheDiskIsFull() {
        assertThat(
                        DataDirectory.unusable(
                                folder, new IOException("write: No space left on device")))
                .hasMessage(
                        "data directory %s: its disk is full; free some space or choose another with --data"
                                .formatted(folder));
    }
}
