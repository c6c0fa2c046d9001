package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class RealEnvoyTest {
    @TempDir Path directory;

    @Test
    void startsAndStopsAProcessWhoseAdminDoorAnswers() {
        RealEnvoy envoy =
                RealEnvoy.start(
                        directory,
                        "admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}");
        try (envoy) {
            assertThat(envoy.admin("/ready")).contains("LIVE");
        }
        assertThat(envoy.isAlive()).isFalse();
    }
}
