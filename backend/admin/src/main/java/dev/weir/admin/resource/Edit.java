package dev.weir.admin.resource;

import dev.weir.api.ApiPaths;
import dev.weir.api.AuditEvent;
import dev.weir.model.Configuration;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.Revision;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is to be done to one cluster, as one revision or not at all.
///
/// @param author who does it
/// @param comment why; may be empty
/// @param dryRun judge and compare only
/// @param witness what the audit keeps of the revision, in the same transaction
public record Edit(
        String cluster, Plan plan, String author, String comment, boolean dryRun, Witness witness) {

    /// An edit that this process makes by itself, without anybody's request.
    public Edit(String cluster, Plan plan, String author, String comment, boolean dryRun) {
        this(cluster, plan, author, comment, dryRun, Edit::byItself);
    }

    /// Says what the audit keeps of a revision that is about to be stored.
    @FunctionalInterface
    public interface Witness {
        AuditEvent of(Revision revision);
    }

    /// Decides the steps from what is current, under the writer's lock.
    @FunctionalInterface
    public interface Plan {
        /// The steps from this configuration, which is null where the cluster does not exist.
        List<Step> steps(@Nullable Configuration current) throws RefusedException;
    }

    /// One resource's part of an edit.
    public sealed interface Step {
        Reference object();

        Precondition precondition();
    }

    /// Creates a resource or replaces it.
    public record Put(Draft<?> draft, Precondition precondition) implements Step {
        @Override
        public Reference object() {
            return new Reference(draft.kind(), draft.name());
        }
    }

    /// Deletes a resource that must exist.
    public record Delete(Reference object, Precondition precondition) implements Step {}

    /// Fixed steps, in a cluster that exists or is created by one of them.
    public static Plan of(List<Step> steps) {
        return current -> steps;
    }

    /// The same edit with another comment.
    public Edit because(String reason) {
        return new Edit(cluster, plan, author, reason, dryRun, witness);
    }

    private static AuditEvent byItself(Revision revision) {
        return new AuditEvent(
                0,
                revision.time(),
                revision.author(),
                AuditEvent.Source.API,
                "edit",
                ApiPaths.cluster(revision.cluster()),
                null,
                revision.number(),
                "-",
                200);
    }

    boolean createsCluster(List<Step> steps) {
        return steps.stream()
                .anyMatch(step ->
                        step instanceof Put
                                && step.object().equals(new Reference(Kind.CLUSTER, cluster)));
    }
}
