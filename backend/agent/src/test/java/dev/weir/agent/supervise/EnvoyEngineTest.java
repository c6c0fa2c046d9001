package dev.weir.agent.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testkit.RealEnvoy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

class EnvoyEngineTest {
    @TempDir Path directory;

    @Test
    void startsEnvoyUnderItsNameAndStopsIt() throws Exception {
        long pid;
        try (EnvoyEngine engine = engine(RealEnvoy.required())) {
            engine.start();
            pid = engine.pid();
            assertThat(engine.version()).matches("envoy \\d+\\.\\d+\\.\\d+.*");
            assertThat(get(engine.adminAddress().resolve("/server_info")))
                    .contains("\"id\": \"n1\"", "\"cluster\": \"shop\"");
            assertThat(engine.ready()).as("no controller has spoken").isFalse();
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void startsEnvoyAgainWhenItDies() throws Exception {
        try (EnvoyEngine engine = engine(RealEnvoy.required())) {
            engine.start();
            long first = engine.pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            await(() -> engine.pid() != first && answers(engine));
            assertThat(engine.pid()).isNotEqualTo(first);
        }
    }

    @Test
    void endsTheEnvoyThatAKilledAgentLeftBehind() throws Exception {
        EnvoyEngine killed = engine(RealEnvoy.required());
        killed.start();
        ProcessHandle orphan = ProcessHandle.of(killed.pid()).orElseThrow();
        try (EnvoyEngine engine = engine(RealEnvoy.required())) {
            engine.start();
            orphan.onExit().get(10, TimeUnit.SECONDS);
            assertThat(engine.pid()).isNotEqualTo(orphan.pid());
        } finally {
            killed.close();
        }
    }

    @Test
    void saysWhatTheProgramSaidWhenItCannotStart() throws Exception {
        Path broken = script("echo 'no such luck: unknown flag' >&2; exit 3");
        try (EnvoyEngine engine = engine(broken)) {
            assertThatThrownBy(engine::start)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("code 3")
                    .hasMessageContaining("no such luck");
        }
        assertThat(directory.resolve("envoy.log")).content().contains("no such luck");
    }

    @Test
    void saysHowToGetEnvoyWhereThereIsNone() {
        try (EnvoyEngine engine = new EnvoyEngine(settings(null), Map.of("PATH", "/nowhere"))) {
            assertThatThrownBy(engine::start)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("WEIR_ENVOY");
        }
    }

    @Test
    void setsAFullLogAside() throws Exception {
        RotatingLog log = new RotatingLog(directory.resolve("log"), 100, 2);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 100; line++) {
            text.append("line ").append(line).append('\n');
        }
        log.copy(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(log.lastLines()).startsWith("line 80\n").endsWith("line 99");
        assertThat(directory.resolve("log.2")).exists();
        assertThat(directory.resolve("log.3")).doesNotExist();
        assertThat(Files.size(directory.resolve("log.1"))).isLessThan(120);
    }

    @Test
    void waitsLongerBetweenDeathsAndForgetsThemAfterAWhile() {
        BackOff backOff = new BackOff();
        assertThat(backOff.after(Duration.ZERO)).hasMillis(100);
        assertThat(backOff.after(Duration.ZERO)).hasMillis(200);
        for (int death = 0; death < 20; death++) {
            backOff.after(Duration.ZERO);
        }
        assertThat(backOff.after(Duration.ZERO)).hasSeconds(10);
        assertThat(backOff.after(Duration.ofMinutes(1))).hasMillis(100);
    }

    private EnvoyEngine engine(Path binary) {
        return new EnvoyEngine(settings(binary), Map.of());
    }

    private EnvoySettings settings(@Nullable Path binary) {
        return new EnvoySettings(
                binary,
                directory,
                "shop",
                "n1",
                InetSocketAddress.createUnresolved("127.0.0.1", 9),
                null,
                1,
                Duration.ofSeconds(1));
    }

    private Path script(String commands) throws IOException {
        Path file = Files.writeString(directory.resolve("fake"), "#!/bin/sh\n" + commands + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static boolean answers(EnvoyEngine engine) {
        try {
            return get(engine.adminAddress().resolve("/server_info")).contains("n1");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static String get(URI address) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(address).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }
}
