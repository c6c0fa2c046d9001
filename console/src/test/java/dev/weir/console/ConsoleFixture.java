package dev.weir.console;

import dev.weir.console.connect.TokenStore;
import dev.weir.console.fake.CurrentThreadBackground;
import dev.weir.console.fake.FakeAdmin;
import dev.weir.console.fake.FakeStatistics;
import dev.weir.console.fake.Samples;
import dev.weir.console.session.Endpoint;
import dev.weir.model.Secret;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A console over fakes, whose time passes only when a test says so.
public final class ConsoleFixture {
    public final FakeAdmin admin = new FakeAdmin();
    public final FakeStatistics statistics = new FakeStatistics();
    public final CurrentThreadBackground background = new CurrentThreadBackground();
    private Instant now = Samples.NOW;
    public final Clock clock =
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            };

    public static final Endpoint ENDPOINT =
            new Endpoint(
                    "lab",
                    URI.create("https://127.0.0.1:8443"),
                    null,
                    new Secret("token"),
                    Endpoint.community("public"));

    /// A context over the fakes that keeps its settings in the directory.
    public ConsoleContext context(Path directory) {
        return new ConsoleContext(
                _ -> admin,
                statistics,
                InMemoryTokens::new,
                clock,
                background,
                directory,
                directory.resolve("ready.json"));
    }

    /// Lets seconds pass, one by one.
    public void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            background.pass(Duration.ofSeconds(1));
        }
    }

    /// Keeps tokens as long as the test runs.
    public static final class InMemoryTokens implements TokenStore {
        private final Map<String, Secret> tokens = new HashMap<>();

        @Override
        public Optional<Secret> find(String profile) throws IOException {
            return Optional.ofNullable(tokens.get(profile));
        }

        @Override
        public void keep(String profile, Secret token) throws IOException {
            tokens.put(profile, token);
        }

        @Override
        public void forget(String profile) throws IOException {
            tokens.remove(profile);
        }
    }
}
