package dev.weir.console;

import dev.weir.console.cluster.HistoryView;
import dev.weir.console.cluster.HistoryViewModel;
import dev.weir.console.cluster.NodesView;
import dev.weir.console.dashboard.TrafficMonitor;
import dev.weir.console.diagnosis.DiagnosesView;
import dev.weir.console.diagnosis.ProfileView;
import dev.weir.console.diagnosis.ProfileViewModel;
import dev.weir.console.diagnosis.RunView;
import dev.weir.console.diagnosis.RunViewModel;
import dev.weir.console.flame.FlameGraphViewModel;
import dev.weir.console.preferences.PreferencesView;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.settings.SettingsStore;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.task.Background;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Icons;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import javafx.scene.Node;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.function.Function;

/// Makes the view of each page for one session.
final class PageFactory {
    private static final Logger LOG = LoggerFactory.getLogger(PageFactory.class);

    private final SettingsStore settings;
    private final LiveSession session;
    private final TrafficMonitor monitor;
    private final Background background;
    private final InstantSource clock;
    private final OpenEditors editors;
    private final ResourcePages resources;

    PageFactory(ConsoleContext context, SettingsStore settings, LiveSession session) {
        this.settings = settings;
        this.session = session;
        this.background = context.background();
        this.clock = context.clock();
        this.editors = new OpenEditors(session.admin(), context.background());
        this.monitor =
                new TrafficMonitor(
                        context.statistics(),
                        session.endpoint().snmp(),
                        context.clock(),
                        context.background());
        this.resources =
                new ResourcePages(session, editors, monitor, context.background(), context.clock());
    }

    /// Whether this factory makes pages of that session.
    boolean isFor(LiveSession other) {
        return session == other;
    }

    TrafficMonitor monitor() {
        return monitor;
    }

    /// Forgets what is typed on a page that is closed.
    void closed(Page page) {
        editors.close(page);
    }

    void close() {
        editors.closeAll();
        monitor.close();
    }

    PageView make(Page page, Desk desk) {
        return switch (page) {
            case Page.Overview(var name) ->
                    resource(page, name, new Reference(Kind.CLUSTER, name), desk);
            case Page.Server(var name, var server) ->
                    resource(page, name, new Reference(Kind.VIRTUAL_SERVER, server), desk);
            case Page.Group(var name, var group) ->
                    resource(page, name, new Reference(Kind.TARGET_GROUP, group), desk);
            case Page.ServerCertificate(var name, var certificate) ->
                    resource(page, name, new Reference(Kind.CERTIFICATE, certificate), desk);
            case Page.Machine(var name, var node) ->
                    resource(page, name, new Reference(Kind.NODE, node), desk);
            case Page.NewServer(var name) -> fresh(page, name, Kind.VIRTUAL_SERVER, desk);
            case Page.NewGroup(var name) -> fresh(page, name, Kind.TARGET_GROUP, desk);
            case Page.NewCertificate(var name) -> fresh(page, name, Kind.CERTIFICATE, desk);
            case Page.NewNode(var name) -> fresh(page, name, Kind.NODE, desk);
            case Page.NewCluster _ -> resources.newCluster(page, desk);
            case Page.Preferences _ -> new PreferencesView(settings, desk);
            case Page.Nodes(var name) -> of(name, desk, cluster -> new NodesView(cluster, desk));
            case Page.History(var name) ->
                    of(
                            name,
                            desk,
                            cluster ->
                                    new HistoryView(
                                            new HistoryViewModel(
                                                    cluster, session.admin(), background, desk),
                                            desk));
            case Page.Diagnoses _ -> new DiagnosesView(session, desk);
            case Page.Run(var id) ->
                    new RunView(new RunViewModel(session, id, background, desk), clock, desk);
            case Page.Profile(var _, var sha256) -> profile(sha256, null, desk);
            case Page.Comparison(var _, var sha256, var baseline) ->
                    profile(sha256, baseline, desk);
        };
    }

    private PageView resource(Page page, String cluster, Reference resource, Desk desk) {
        return new AwaitedView(
                session,
                cluster,
                found -> found.find(resource.kind(), resource.name()).isPresent(),
                found -> resources.of(page, found, resource, desk),
                absent(desk));
    }

    private PageView fresh(Page page, String cluster, Kind kind, Desk desk) {
        return of(cluster, desk, found -> resources.fresh(page, found, kind, desk));
    }

    private PageView profile(String sha256, @Nullable String baseline, Desk desk) {
        FlameGraphViewModel graph =
                new FlameGraphViewModel(
                        desk.messages().locale(),
                        work ->
                                background.run(
                                        () -> {
                                            work.run();
                                            return true;
                                        },
                                        _ -> {},
                                        wrong -> LOG.error("flame graph: failed", wrong)),
                        background::onUi);
        return new ProfileView(
                new ProfileViewModel(session.admin(), sha256, baseline, background, graph), desk);
    }

    private PageView of(String cluster, Desk desk, Function<LiveCluster, PageView> view) {
        return new AwaitedView(session, cluster, _ -> true, view, absent(desk));
    }

    private static Node absent(Desk desk) {
        return Boxes.empty(
                Icons.UNKNOWN,
                desk.messages().text("page.missing"),
                desk.messages().text("page.missing.advice"));
    }
}
