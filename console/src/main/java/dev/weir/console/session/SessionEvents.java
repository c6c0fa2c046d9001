package dev.weir.console.session;

import dev.weir.model.Diagnosis;
import dev.weir.model.Rollout;

/// Hears what happens at the admin server; called on the stream's thread, in order.
public interface SessionEvents {
    /// The stream is open; what was missed before must be read again.
    void opened();

    /// A cluster has a new revision, or is gone.
    void committed(String cluster, long revision);

    void rolledOut(Rollout rollout);

    void diagnosed(Diagnosis diagnosis);

    /// The stream ended and does not come back by itself.
    void lost(SessionException why);
}
