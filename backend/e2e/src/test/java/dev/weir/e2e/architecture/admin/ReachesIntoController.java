package dev.weir.e2e.architecture.admin;

import dev.weir.model.RevisionSource;

/// A broken sample for the architecture test: its arrow does not allow what it imports.
public final class ReachesIntoController {
    private final RevisionSource source;

    ReachesIntoController(RevisionSource source) {
        this.source = source;
    }

    RevisionSource source() {
        return source;
    }
}
