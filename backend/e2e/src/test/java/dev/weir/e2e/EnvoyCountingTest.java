package dev.weir.e2e;

import dev.weir.testkit.RealEnvoy;

import java.util.List;

/// Real Envoy's counters come out the same way.
class EnvoyCountingTest extends EngineCounting {
    @Override
    List<String> engineOptions() {
        return List.of("--engine", "envoy", "--envoy", RealEnvoy.required().toString());
    }
}
