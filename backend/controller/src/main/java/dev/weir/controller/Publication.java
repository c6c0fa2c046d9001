package dev.weir.controller;

import dev.weir.model.Configuration;
import dev.weir.model.Revision;
import dev.weir.model.RevisionSource;

/// Carries word of each revision over to the controller's thread; called on the committer's.
record Publication(ControllerThread thread, Fleet fleet) implements RevisionSource.Listener {

    @Override
    public void committed(Revision revision, Configuration now) {
        thread.execute(() -> fleet.publish(revision, now));
    }

    @Override
    public void deleted(String cluster) {
        thread.execute(() -> fleet.delete(cluster));
    }
}
