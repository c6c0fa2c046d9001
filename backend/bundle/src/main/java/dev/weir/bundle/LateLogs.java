package dev.weir.bundle;

import java.util.logging.LogManager;

/// Keeps the log open while the process ends: the platform's own manager closes every handler at
/// the first sign of an end, before the parts have said how theirs went.
///
/// Public with a public constructor, because the platform makes it by its name.
public final class LateLogs extends LogManager {
    /// Closes every handler now.
    static void resetNow() {
        if (LogManager.getLogManager() instanceof LateLogs late) {
            late.superReset();
        } else {
            LogManager.getLogManager().reset();
        }
    }

    @Override
    public void reset() {
        // called by the platform at the end; the log's own part closes its file last
    }

    private void superReset() {
        super.reset();
    }
}
