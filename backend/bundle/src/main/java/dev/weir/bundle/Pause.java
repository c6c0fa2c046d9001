package dev.weir.bundle;

import java.time.Duration;

/// Lets time pass; a constructor argument, so that tests need not wait.
@FunctionalInterface
interface Pause {
    void sleep(Duration duration) throws InterruptedException;
}
