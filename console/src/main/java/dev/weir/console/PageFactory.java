package dev.weir.console;

import dev.weir.console.certificate.CertificateView;
import dev.weir.console.cluster.HistoryView;
import dev.weir.console.cluster.HistoryViewModel;
import dev.weir.console.cluster.NodesView;
import dev.weir.console.cluster.OverviewView;
import dev.weir.console.cluster.OverviewViewModel;
import dev.weir.console.dashboard.TrafficMonitor;
import dev.weir.console.diagnosis.DiagnosesView;
import dev.weir.console.diagnosis.ProfileView;
import dev.weir.console.diagnosis.ProfileViewModel;
import dev.weir.console.diagnosis.RunView;
import dev.weir.console.diagnosis.RunViewModel;
import dev.weir.console.editing.Deletion;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.flame.FlameGraphViewModel;
import dev.weir.console.preferences.PreferencesView;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.settings.SettingsStore;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.targetgroup.GroupForm;
import dev.weir.console.targetgroup.GroupView;
import dev.weir.console.targetgroup.TargetsViewModel;
import dev.weir.console.task.Background;
import dev.weir.console.virtualserver.NewServerView;
import dev.weir.console.virtualserver.ServerForm;
import dev.weir.console.virtualserver.ServerView;
import dev.weir.console.virtualserver.ServerViewModel;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Icons;
import dev.weir.model.Kind;
import dev.weir.model.Resource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes the view of each page for one session.
final class PageFactory {
    private static final Logger LOG = LoggerFactory.getLogger(PageFactory.class);

    private final SettingsStore settings;
    private final LiveSession session;
    private final TrafficMonitor monitor;
    private final Background background;
    private final InstantSource clock;

    PageFactory(ConsoleContext context, SettingsStore settings, LiveSession session) {
        this.settings = settings;
        this.session = session;
        this.background = context.background();
        this.clock = context.clock();
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

    TrafficMonitor monitor() {
        return monitor;
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
            case Page.Group(var name, var group) ->
                    of(
                            name,
                            desk,
                            cluster ->
                                    cluster.find(Kind.TARGET_GROUP, group).isPresent()
                                            ? group(cluster, group, desk)
                                            : missing(desk));
            case Page.NewGroup(var name) ->
                    of(
                            name,
                            desk,
                            cluster ->
                                    new GroupView(
                                            groupEditor(cluster, null),
                                            null,
                                            deletion(cluster, desk),
                                            desk));
            case Page.ServerCertificate(var name, var certificate) ->
                    of(
                            name,
                            desk,
                            cluster ->
                                    new CertificateView(
                                            cluster,
                                            certificate,
                                            session.admin(),
                                            background,
                                            clock,
                                            desk));
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

    private PageView server(LiveCluster cluster, String name, Desk desk) {
        ServerViewModel model = new ServerViewModel(session, cluster, name, background, desk);
        TargetsViewModel targets =
                new TargetsViewModel(cluster, session.admin(), background, desk, model::groups);
        return new ServerView(model, targets, monitor, desk);
    }

    private PageView group(LiveCluster cluster, String name, Desk desk) {
        TargetsViewModel targets =
                new TargetsViewModel(
                        cluster, session.admin(), background, desk, () -> List.of(name));
        Resource<?> resource = cluster.configuration().targetGroups().get(name);
        return new GroupView(
                groupEditor(cluster, resource), targets, deletion(cluster, desk), desk);
    }

    private Deletion deletion(LiveCluster cluster, Desk desk) {
        return new Deletion(cluster, session.admin(), background, desk);
    }

    private EditorViewModel<GroupForm> groupEditor(
            LiveCluster cluster, @Nullable Resource<?> resource) {
        return new EditorViewModel<>(
                Kind.TARGET_GROUP,
                resource,
                GroupForm.BLANK,
                GroupForm.CODEC,
                cluster,
                session.admin(),
                background);
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
