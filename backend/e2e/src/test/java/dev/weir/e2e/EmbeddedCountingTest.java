package dev.weir.e2e;

import java.util.List;

/// The built-in proxy counts what was sent.
class EmbeddedCountingTest extends EngineCounting {
    @Override
    List<String> engineOptions() {
        return List.of("--engine", "embedded");
    }
}
