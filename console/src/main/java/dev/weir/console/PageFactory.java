package dev.weir.console;

import dev.weir.console.cluster.OverviewView;
import dev.weir.console.cluster.OverviewViewModel;
import dev.weir.console.dashboard.TrafficMonitor;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.preferences.PreferencesView;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.settings.SettingsStore;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.targetgroup.TargetsViewModel;
import dev.weir.console.task.Background;
import dev.weir.console.virtualserver.NewServerView;
import dev.weir.console.virtualserver.ServerForm;
import dev.weir.console.virtualserver.ServerView;
import dev.weir.console.virtualserver.ServerViewModel;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Icons;
import dev.weir.model.Kind;

import java.util.Optional;
import java.util.function.Function;

/// Makes the view of each page for one session.
final class PageFactory {
    private final SettingsStore settings;
    private final LiveSession session;
    private final TrafficMonitor monitor;
    private final Background background;

    PageFactory(ConsoleContext context, SettingsStore settings, LiveSession session) {
        this.settings = settings;
        this.session = session;
        this.background = context.background();
        this.monitor =
                new TrafficMonitor(
                        context.statistics(),
                        session.endpoint().community(),
                        context.clock(),
                        context.background());
    }

    /// Whether this factory makes pages of that session.
    boolean isFor(LiveSession other) {
        return session == other;
    }

    void close() {
        monitor.close();
    }

    PageView make(Page page, Desk desk) {
        return switch (page) {
            case Page.Overview(var name) ->
                    of(
                            name,
                            desk,
                            cluster ->
                                    new OverviewView(
                                            new OverviewViewModel(cluster, monitor), desk));
            case Page.Preferences _ -> new PreferencesView(settings, desk);
            case Page.Server(var name, var server) ->
                    of(
                            name,
                            desk,
                            cluster ->
                                    cluster.find(Kind.VIRTUAL_SERVER, server).isPresent()
                                            ? server(cluster, server, desk)
                                            : missing(desk));
            case Page.NewServer(var name) ->
                    of(name, desk, cluster -> new NewServerView(newServer(cluster), desk));
            case Page.Group _, Page.NewGroup _ -> missing(desk);
            case Page.ServerCertificate _, Page.Nodes _, Page.History _ -> missing(desk);
            case Page.Diagnoses _, Page.Run _, Page.Profile _ -> missing(desk);
        };
    }

    private PageView server(LiveCluster cluster, String name, Desk desk) {
        ServerViewModel model = new ServerViewModel(session, cluster, name, background, desk);
        TargetsViewModel targets =
                new TargetsViewModel(cluster, session.admin(), background, desk, model::groups);
        return new ServerView(model, targets, monitor, desk);
    }

    private EditorViewModel<ServerForm> newServer(LiveCluster cluster) {
        return new EditorViewModel<>(
                Kind.VIRTUAL_SERVER,
                null,
                ServerForm.BLANK,
                ServerForm.CODEC,
                cluster,
                session.admin(),
                background);
    }

    private PageView of(String cluster, Desk desk, Function<LiveCluster, PageView> view) {
        Optional<LiveCluster> found = session.cluster(cluster);
        return found.isPresent() ? view.apply(found.get()) : missing(desk);
    }

    private static PageView missing(Desk desk) {
        var node =
                Boxes.empty(
                        Icons.UNKNOWN,
                        desk.messages().text("page.missing"),
                        desk.messages().text("page.missing.advice"));
        return () -> node;
    }
}
