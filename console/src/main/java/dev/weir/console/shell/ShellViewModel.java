package dev.weir.console.shell;

import dev.weir.console.session.AdminSession;
import dev.weir.console.session.Endpoint;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.settings.SettingsStore;
import dev.weir.console.task.Background;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// Which connection is open and which pages are; remembers the pages.
///
/// Confined to the user interface's thread.
public final class ShellViewModel {
    private final SettingsStore settings;
    private final Background background;
    private final ReadOnlyObjectWrapper<@Nullable LiveSession> session =
            new ReadOnlyObjectWrapper<>();
    private final ObservableList<Page> pages = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Page> front = new SimpleObjectProperty<>();
    private boolean restored;

    public ShellViewModel(SettingsStore settings, Background background) {
        this.settings = settings;
        this.background = background;
        front.addListener((_, _, _) -> remember());
    }

    public ReadOnlyObjectProperty<@Nullable LiveSession> sessionProperty() {
        return session.getReadOnlyProperty();
    }

    public ObservableList<Page> pages() {
        return pages;
    }

    /// The page in front, or null where none is open.
    public ObjectProperty<@Nullable Page> frontProperty() {
        return front;
    }

    /// Takes over an open session and brings back the pages of the last time.
    public void opened(Endpoint endpoint, AdminSession admin) {
        disconnect();
        LiveSession live = new LiveSession(endpoint, admin, background);
        session.set(live);
        live.stateProperty()
                .addListener((_, _, state) -> {
                    if (state == LiveSession.State.CONNECTED && !restored) {
                        restored = true;
                        restore(live);
                    }
                });
        live.clusters()
                .addListener(
                        (ListChangeListener<LiveCluster>)
                                change -> {
                                    while (change.next()) {
                                        change.getRemoved().forEach(this::closePagesOf);
                                    }
                                });
        live.start();
    }

    /// Closes the session and its pages; the pages are remembered.
    public void disconnect() {
        LiveSession open = session.get();
        if (open != null) {
            restored = false;
            open.close();
            pages.clear();
            front.set(null);
            session.set(null);
        }
    }

    public void open(Page page) {
        if (!pages.contains(page)) {
            pages.add(page);
        }
        front.set(page);
    }

    public void close(Page page) {
        int index = pages.indexOf(page);
        if (index < 0) {
            return;
        }
        pages.remove(index);
        if (page.equals(front.get())) {
            front.set(pages.isEmpty() ? null : pages.get(Math.min(index, pages.size() - 1)));
        }
        remember();
    }

    /// A cluster that is gone leaves nothing to show; sorting also tells of removed clusters, which
    /// are still there.
    private void closePagesOf(LiveCluster gone) {
        LiveSession open = session.get();
        if (open == null || open.cluster(gone.name()).isPresent()) {
            return;
        }
        String place = "cluster/" + gone.name();
        List.copyOf(pages).stream()
                .filter(page -> (page.address() + "/").startsWith(place + "/"))
                .forEach(this::close);
    }

    /// Brings the tab of that number to the front, from 1; harmless where there is none.
    public void select(int number) {
        if (number >= 1 && number <= pages.size()) {
            front.set(pages.get(number - 1));
        }
    }

    private void restore(LiveSession live) {
        var last = settings.get();
        last.pages().stream()
                .map(Page::at)
                .flatMap(Optional::stream)
                .filter(page -> exists(page, live))
                .forEach(pages::add);
        Optional.ofNullable(last.page())
                .flatMap(Page::at)
                .filter(pages::contains)
                .ifPresentOrElse(this::open, () -> openFirst(live));
    }

    private void openFirst(LiveSession live) {
        if (!pages.isEmpty()) {
            open(pages.getFirst());
        } else if (!live.clusters().isEmpty()) {
            open(new Page.Overview(live.clusters().getFirst().name()));
        }
    }

    private static boolean exists(Page page, LiveSession live) {
        return switch (page) {
            case Page.Overview(var cluster) -> live.cluster(cluster).isPresent();
            case Page.Nodes(var cluster) -> live.cluster(cluster).isPresent();
            case Page.History(var cluster) -> live.cluster(cluster).isPresent();
            case Page.Server(var cluster, var name) ->
                    live.cluster(cluster)
                            .filter(it -> it.configuration().virtualServers().containsKey(name))
                            .isPresent();
            case Page.Group(var cluster, var name) ->
                    live.cluster(cluster)
                            .filter(it -> it.configuration().targetGroups().containsKey(name))
                            .isPresent();
            case Page.ServerCertificate(var cluster, var name) ->
                    live.cluster(cluster)
                            .filter(it -> it.configuration().certificates().containsKey(name))
                            .isPresent();
            case Page.Machine(var cluster, var name) ->
                    live.cluster(cluster)
                            .filter(it -> it.configuration().nodes().containsKey(name))
                            .isPresent();
            case Page.Run(var id) -> live.diagnosis(id).isPresent();
            case Page.Comparison(var run, var _, var _) -> live.diagnosis(run).isPresent();
            case Page.Profile(var run, var _) -> live.diagnosis(run).isPresent();
            // a half-made resource is not brought back
            case Page.NewServer _,
                    Page.NewGroup _,
                    Page.NewCertificate _,
                    Page.NewNode _,
                    Page.NewCluster _ ->
                    false;
            case Page.Diagnoses _, Page.Preferences _ -> true;
        };
    }

    private void remember() {
        if (session.get() == null || !restored) {
            return;
        }
        Page now = front.get();
        List<String> open = pages.stream().map(Page::address).toList();
        settings.change(it -> it.withPages(open, now == null ? null : now.address()));
    }
}
