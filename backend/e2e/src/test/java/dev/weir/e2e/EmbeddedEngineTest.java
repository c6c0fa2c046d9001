package dev.weir.e2e;

import java.util.List;

/// The built-in proxy does what every engine must do.
class EmbeddedEngineTest extends EngineConformance {
    @Override
    List<String> engineOptions() {
        return List.of("--engine", "embedded");
    }
}
