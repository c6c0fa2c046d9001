package dev.weir.console.diagnosis;

import dev.weir.console.flame.FlameGraphViewModel;
import dev.weir.console.session.AdminSession;
import dev.weir.console.session.SessionException;
import dev.weir.console.task.Background;
import dev.weir.profile.Limits;
import dev.weir.profile.Profile;
import dev.weir.profile.ProfileReader;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;

/// Fetches a profile, and one to compare it with, and hands them to the flame graph.
///
/// Confined to the user interface's thread.
public final class ProfileViewModel {
    private final AdminSession admin;
    private final String sha256;
    private final @Nullable String baseline;
    private final Background background;
    private final FlameGraphViewModel graph;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
    private Background.Job job = Background.Job.NONE;

    /// Begins with nothing; [#load] fetches.
    ///
    /// @param baseline the artifact of the healthy run, or null to show the profile alone
    public ProfileViewModel(
            AdminSession admin,
            String sha256,
            @Nullable String baseline,
            Background background,
            FlameGraphViewModel graph) {
        this.admin = admin;
        this.sha256 = sha256;
        this.baseline = baseline;
        this.background = background;
        this.graph = graph;
    }

    public FlameGraphViewModel graph() {
        return graph;
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Why the profile cannot be shown, empty where it can.
    public ReadOnlyStringProperty failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /// Fetches and shows; a fetch under way is given up.
    public void load() {
        job.cancel();
        busy.set(true);
        failure.set("");
        String before = baseline;
        job =
                background.run(
                        () -> new Fetched(fetch(sha256), before == null ? null : fetch(before)),
                        it -> {
                            busy.set(false);
                            if (it.baseline() == null) {
                                graph.show(it.profile());
                            } else {
                                graph.compare(it.baseline(), it.profile());
                            }
                        },
                        wrong -> {
                            busy.set(false);
                            failure.set(
                                    wrong.getMessage() == null
                                            ? wrong.toString()
                                            : wrong.getMessage());
                        });
    }

    public void close() {
        job.cancel();
    }

    private Profile fetch(String artifact) throws SessionException, IOException {
        try (InputStream bytes = admin.artifact(artifact)) {
            return ProfileReader.read(bytes, Limits.DEFAULT);
        }
    }

    private record Fetched(Profile profile, @Nullable Profile baseline) {}
}
