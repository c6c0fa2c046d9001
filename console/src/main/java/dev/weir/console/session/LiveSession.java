package dev.weir.console.session;

import dev.weir.console.task.Background;
import dev.weir.console.text.Failure;
import dev.weir.model.Configuration;
import dev.weir.model.Diagnosis;
import dev.weir.model.Rollout;
import dev.weir.model.Subscription;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The live copy of an admin server: read once, then kept fresh by its one event stream.
///
/// Confined to the user interface's thread.
public final class LiveSession {
    private static final int DIAGNOSES = 200;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Endpoint endpoint;
    private final AdminSession session;
    private final Background background;
    private final ReadOnlyObjectWrapper<State> state =
            new ReadOnlyObjectWrapper<>(State.CONNECTING);
    private final ReadOnlyIntegerWrapper secondsToRetry = new ReadOnlyIntegerWrapper();
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
    private final ObservableList<LiveCluster> clusters = FXCollections.observableArrayList();
    private final ObservableList<Diagnosis> diagnoses = FXCollections.observableArrayList();
    private Subscription events = () -> {};
    private Background.Job retry = Background.Job.NONE;
    private Duration wait = FIRST_WAIT;
    private int attempt;

    /// Where the connection is.
    public enum State {
        CONNECTING,
        CONNECTED,
        RECONNECTING,
        CLOSED
    }

    public LiveSession(Endpoint endpoint, AdminSession session, Background background) {
        this.endpoint = endpoint;
        this.session = session;
        this.background = background;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /// For questions and edits; call it through the background.
    public AdminSession admin() {
        return session;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Seconds until the next attempt while RECONNECTING.
    public ReadOnlyIntegerProperty secondsToRetryProperty() {
        return secondsToRetry.getReadOnlyProperty();
    }

    /// What is wrong with the connection, empty where nothing is.
    public ReadOnlyStringProperty troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /// By name.
    public ObservableList<LiveCluster> clusters() {
        return clusters;
    }

    /// The newest first.
    public ObservableList<Diagnosis> diagnoses() {
        return diagnoses;
    }

    public Optional<LiveCluster> cluster(String name) {
        return clusters.stream().filter(cluster -> cluster.name().equals(name)).findFirst();
    }

    public Optional<Diagnosis> diagnosis(String id) {
        return diagnoses.stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /// Opens the event stream; its first word reads everything.
    public void start() {
        retry.cancel();
        events.close();
        int mine = ++attempt;
        background.run(
                () -> session.events(new Stream(mine)),
                opened -> {
                    if (mine == attempt) {
                        events = opened;
                    } else {
                        opened.close();
                    }
                },
                wrong -> lost(mine, wrong));
    }

    /// Reads everything again, now.
    public void refresh() {
        if (state.get() == State.RECONNECTING) {
            start();
        } else {
            load(attempt);
        }
    }

    public void close() {
        attempt++;
        retry.cancel();
        events.close();
        state.set(State.CLOSED);
        background.run(
                () -> {
                    session.close();
                    return true;
                },
                _ -> {},
                _ -> {});
    }

    private void load(int mine) {
        background.run(
                this::everything,
                all -> {
                    if (mine == attempt) {
                        show(all);
                    }
                },
                wrong -> lost(mine, wrong));
    }

    private Everything everything() throws SessionException {
        List<ClusterState> states = new ArrayList<>();
        for (String name : session.clusters()) {
            states.add(
                    new ClusterState(
                            session.configuration(name), session.rollout(name).orElse(null)));
        }
        return new Everything(states, session.diagnoses(DIAGNOSES));
    }

    private void show(Everything all) {
        List<String> names = all.clusters().stream().map(it -> it.now().cluster().name()).toList();
        clusters.removeIf(cluster -> !names.contains(cluster.name()));
        all.clusters().forEach(it -> show(it.now(), it.rollout()));
        diagnoses.setAll(all.diagnoses());
        wait = FIRST_WAIT;
        trouble.set("");
        state.set(State.CONNECTED);
    }

    private void show(Configuration now, @Nullable Rollout rollout) {
        Optional<LiveCluster> known = cluster(now.cluster().name());
        if (known.isPresent()) {
            known.get().configure(now);
            known.get().roll(rollout);
        } else {
            clusters.add(new LiveCluster(now, rollout));
            clusters.sort(Comparator.comparing(LiveCluster::name));
        }
    }

    private void reload(int mine, String cluster) {
        background.run(
                () ->
                        new ClusterState(
                                session.configuration(cluster),
                                session.rollout(cluster).orElse(null)),
                read -> {
                    if (mine == attempt) {
                        show(read.now(), read.rollout());
                    }
                },
                wrong -> {
                    if (wrong instanceof SessionException refused
                            && refused.reason() == SessionException.Reason.NOT_FOUND) {
                        clusters.removeIf(it -> it.name().equals(cluster));
                    } else {
                        lost(mine, wrong);
                    }
                });
    }

    private void lost(int mine, Exception why) {
        if (mine != attempt || state.get() == State.CLOSED) {
            return;
        }
        attempt++;
        events.close();
        trouble.set(Failure.words(why));
        state.set(State.RECONNECTING);
        countDown((int) wait.toSeconds());
        wait =
                wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0
                        ? LONGEST_WAIT
                        : wait.multipliedBy(2);
    }

    private void countDown(int seconds) {
        secondsToRetry.set(seconds);
        retry.cancel();
        retry =
                background.after(
                        Duration.ofSeconds(1),
                        () -> {
                            if (state.get() != State.RECONNECTING) {
                                return;
                            }
                            if (seconds <= 1) {
                                start();
                            } else {
                                countDown(seconds - 1);
                            }
                        });
    }

    /// Puts a diagnosis where it belongs, unless a newer state of it is already there.
    public void diagnosed(Diagnosis diagnosis) {
        for (int i = 0; i < diagnoses.size(); i++) {
            Diagnosis known = diagnoses.get(i);
            if (known.id().equals(diagnosis.id())) {
                if (diagnosis.version() >= known.version()) {
                    diagnoses.set(i, diagnosis);
                }
                return;
            }
        }
        diagnoses.addFirst(diagnosis);
    }

    private record ClusterState(Configuration now, @Nullable Rollout rollout) {}

    private record Everything(List<ClusterState> clusters, List<Diagnosis> diagnoses) {}

    /// Brings the words of one event stream to the user interface's thread, while it is the newest.
    private final class Stream implements SessionEvents {
        private final int mine;

        private Stream(int mine) {
            this.mine = mine;
        }

        private void onUi(Runnable act) {
            background.onUi(() -> {
                if (mine == attempt) {
                    act.run();
                }
            });
        }

        @Override
        public void opened() {
            onUi(() -> load(mine));
        }

        @Override
        public void committed(String cluster, long revision) {
            onUi(() -> reload(mine, cluster));
        }

        @Override
        public void rolledOut(Rollout rollout) {
            onUi(() -> cluster(rollout.cluster()).ifPresent(it -> it.roll(rollout)));
        }

        @Override
        public void diagnosed(Diagnosis diagnosis) {
            onUi(() -> LiveSession.this.diagnosed(diagnosis));
        }

        @Override
        public void lost(SessionException why) {
            background.onUi(() -> LiveSession.this.lost(mine, why));
        }
    }
}
