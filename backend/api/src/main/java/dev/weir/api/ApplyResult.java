package dev.weir.api;

import dev.weir.model.Problem;

import java.util.List;

/// What a write did, or would do.
///
/// @param revision the new revision; the current one where nothing changed or the run was dry
/// @param problems why the write would be refused; empty after a real one
public record ApplyResult(
        boolean dryRun, long revision, List<ResourceChange> changes, List<Problem> problems) {

    public ApplyResult {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }
}
