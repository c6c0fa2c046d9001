package dev.weir.admin.resource;

import dev.weir.api.ApplyResult;
import dev.weir.api.Diff;
import dev.weir.api.ResourceChange;
import dev.weir.model.Change;
import dev.weir.model.Configuration;
import dev.weir.model.Problem;
import dev.weir.model.Resource;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What an edit did, or would do.
///
/// @param revision the cluster's revision afterwards
/// @param changes only resources that differ
/// @param problems why a dry run's edit would be refused
/// @param configuration the cluster afterwards, as this edit and no later one left it; null where
///   there is none
public record Outcome(
        boolean dryRun,
        long revision,
        List<Change> changes,
        List<Problem> problems,
        @Nullable Configuration configuration) {

    // written out, because javac 25 drops @Nullable from the parameters of a compact one here
    public Outcome(
            boolean dryRun,
            long revision,
            List<Change> changes,
            List<Problem> problems,
            @Nullable Configuration configuration) {
        this.dryRun = dryRun;
        this.revision = revision;
        this.changes = List.copyOf(changes);
        this.problems = List.copyOf(problems);
        this.configuration = configuration;
    }

    /// Whether a revision was made.
    public boolean isCommitted() {
        return !dryRun && !changes.isEmpty();
    }

    /// The same in the words of the REST contract.
    public ApplyResult toResult() {
        return new ApplyResult(
                dryRun, revision, changes.stream().map(Outcome::described).toList(), problems);
    }

    /// A change with its differences.
    public static ResourceChange described(Change change) {
        Resource<?> before = change.before();
        Resource<?> after = change.after();
        ResourceChange.Action action =
                before == null
                        ? ResourceChange.Action.CREATED
                        : after == null
                                ? ResourceChange.Action.DELETED
                                : ResourceChange.Action.UPDATED;
        return new ResourceChange(
                change.kind(), change.name(), action, Diff.between(draft(before), draft(after)));
    }

    private static dev.weir.model.@Nullable Draft<?> draft(@Nullable Resource<?> resource) {
        return resource == null ? null : resource.draft();
    }
}
