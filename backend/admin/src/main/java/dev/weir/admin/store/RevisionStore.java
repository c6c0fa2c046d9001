package dev.weir.admin.store;

import dev.weir.api.AuditEvent;
import dev.weir.api.Page;
import dev.weir.api.RevisionSummary;
import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Revision;
import dev.weir.model.Subscription;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Keeps revisions and what they add up to. What was appended is durable when the call returns.
///
/// Blocking; any thread.
public interface RevisionStore {

    /// Everything current, as of one moment.
    State load();

    /// Appends a revision whose number is one more than the last, makes its changes current and
    /// notes it in the audit, all three or none.
    ///
    /// @param clusterId the identity of the cluster, which its name is not
    /// @param witness who did it; its id is given by the database
    /// @throws StaleStateException where another process has appended since [#load]; nothing was
    ///   written
    void append(UUID clusterId, Revision revision, AuditEvent witness) throws StaleStateException;

    Optional<Revision> find(UUID clusterId, long number);

    /// The newest first.
    ///
    /// @param below only numbers less than this one; `Long.MAX_VALUE` for the newest
    Page<RevisionSummary> summaries(UUID clusterId, long below, int limit);

    /// The cluster as of a revision of it, or empty where it was not there.
    Optional<Configuration> asOf(UUID clusterId, long number);

    /// Calls the listener when another process has appended. Never called where no other can.
    Subscription onForeignAppend(Runnable listener);

    /// What is current.
    ///
    /// @param clusters by name
    /// @param lastNumber of all revisions, 0 before the first
    /// @param lastIndexes the highest index ever given out, by kind; absent where none was
    record State(
            Map<String, Configuration> clusters, long lastNumber, Map<Kind, Integer> lastIndexes) {
        public State {
            clusters = Map.copyOf(clusters);
            lastIndexes = Map.copyOf(lastIndexes);
        }
    }

    /// Another process was first; load and try again.
    final class StaleStateException extends Exception {
        public StaleStateException(long number) {
            super("revision " + number + ": was appended by another process");
        }
    }
}
