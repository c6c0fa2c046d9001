package dev.weir.e2e;

import dev.weir.testkit.RealEnvoy;

import java.util.List;

/// Real Envoy, driven by Weir, does what every engine must do.
class EnvoyEngineTest extends EngineConformance {
    @Override
    List<String> engineOptions() {
        return List.of("--engine", "envoy", "--envoy", RealEnvoy.required().toString());
    }
}
