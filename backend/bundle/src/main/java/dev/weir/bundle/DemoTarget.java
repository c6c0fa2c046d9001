package dev.weir.bundle;

import java.time.Duration;
import java.util.List;

/// One of the lab's demo servers.
///
/// @param latency what a usual answer takes; one in twenty takes five times as long
record DemoTarget(Door door, Duration latency) {
    static final List<DemoTarget> ALL =
            List.of(
                    of(Door.WEB_1, 2),
                    of(Door.WEB_2, 3),
                    of(Door.WEB_3, 8),
                    of(Door.WEB_NEXT_1, 5),
                    of(Door.WEB_NEXT_2, 25),
                    of(Door.PAYMENTS_1, 15),
                    of(Door.PAYMENTS_2, 60));

    String name() {
        return door.word();
    }

    private static DemoTarget of(Door door, int milliseconds) {
        return new DemoTarget(door, Duration.ofMillis(milliseconds));
    }
}
