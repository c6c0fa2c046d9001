package dev.weir.admin.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Makes guessing slow: after some failures in a row for one user or from one address, each further
/// try must wait, twice as long every time.
///
/// Any thread; remembers a bounded number of users and addresses.
public final class LoginThrottle {
    private static final int FREE_FAILURES = 5;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final Map<String, Failures> failures =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /// A throttle that has seen no failure yet.
    public LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /// How long this key must wait before its next try, or empty where it may try now.
    public synchronized Optional<Duration> waitFor(String key) {
        Failures known = failures.get(key);
        Instant now = clock.instant();
        return known == null || !now.isBefore(known.until())
                ? Optional.empty()
                : Optional.of(Duration.between(now, known.until()));
    }

    public synchronized void failed(String key) {
        Failures known = failures.get(key);
        int count = known == null ? 1 : known.count() + 1;
        Duration wait = Duration.ZERO;
        if (count >= FREE_FAILURES) {
            Duration grown = FIRST_WAIT.multipliedBy(1L << Math.min(20, count - FREE_FAILURES));
            wait = grown.compareTo(LONGEST_WAIT) < 0 ? grown : LONGEST_WAIT;
        }
        failures.put(key, new Failures(count, clock.instant().plus(wait)));
    }

    public synchronized void succeeded(String key) {
        failures.remove(key);
    }

    private record Failures(int count, Instant until) {}
}
