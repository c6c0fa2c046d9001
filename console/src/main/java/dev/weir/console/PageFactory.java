package dev.weir.console;

import dev.weir.console.cluster.OverviewView;
import dev.weir.console.cluster.OverviewViewModel;
import dev.weir.console.dashboard.TrafficMonitor;
import dev.weir.console.preferences.PreferencesView;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.settings.SettingsStore;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Icons;

import java.util.Optional;
import java.util.function.Function;

/// Makes the view of each page for one session.
final class PageFactory {
    private final SettingsStore settings;
    private final LiveSession session;
    private final TrafficMonitor monitor;

    PageFactory(ConsoleContext context, SettingsStore settings, LiveSession session) {
        this.settings = settings;
        this.session = session;
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
            case Page.Server _, Page.NewServer _, Page.Group _, Page.NewGroup _ -> missing(desk);
            case Page.ServerCertificate _, Page.Nodes _, Page.History _ -> missing(desk);
            case Page.Diagnoses _, Page.Run _, Page.Profile _ -> missing(desk);
        };
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
