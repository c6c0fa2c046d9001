package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Set;

/// Which part of the diagnoses is wanted, the newest first.
///
/// @param after the last one of the part before, or null for the first part
/// @param limit at least 1
public record DiagnosisQuery(Filter filter, @Nullable Position after, int limit) {

    /// The newest of all.
    public static DiagnosisQuery newest(int limit) {
        return new DiagnosisQuery(Filter.ALL, null, limit);
    }

    /// What must hold of a diagnosis; null asks for nothing.
    ///
    /// @param clusters one of which its node is in
    /// @param virtualServer that raised the question
    public record Filter(
            @Nullable Set<String> clusters,
            @Nullable String virtualServer,
            Diagnosis.@Nullable Phase phase) {
        public static final Filter ALL = new Filter(null, null, null);

        public boolean matches(Diagnosis diagnosis) {
            return (clusters == null || clusters.contains(diagnosis.spec().cluster()))
                    && (virtualServer == null
                            || virtualServer.equals(diagnosis.spec().virtualServer()))
                    && (phase == null || phase == diagnosis.status().phase());
        }
    }

    /// A place in the order of all diagnoses: by falling time, those of one moment by their id.
    public record Position(Instant createdAt, String id) implements Comparable<Position> {
        public static Position of(Diagnosis diagnosis) {
            return new Position(diagnosis.createdAt(), diagnosis.id());
        }

        @Override
        public int compareTo(Position other) {
            int byTime = other.createdAt.compareTo(createdAt);
            return byTime != 0 ? byTime : id.compareTo(other.id);
        }
    }
}
