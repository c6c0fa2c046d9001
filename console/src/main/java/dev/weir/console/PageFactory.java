package dev.weir.console;

import dev.weir.console.certificate.CertificateFields;
import dev.weir.console.certificate.CertificateView;
import dev.weir.console.certificate.CertificateViewModel;
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
import dev.weir.console.editing.NewResourceView;
import dev.weir.console.flame.FlameGraphViewModel;
import dev.weir.console.preferences.PreferencesView;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.settings.SettingsStore;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.targetgroup.GroupFields;
import dev.weir.console.targetgroup.GroupView;
import dev.weir.console.targetgroup.TargetsViewModel;
import dev.weir.console.task.Background;
import dev.weir.console.virtualserver.ServerFields;
import dev.weir.console.virtualserver.ServerView;
import dev.weir.console.virtualserver.ServerViewModel;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Icons;
import dev.weir.model.Kind;

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
    private final OpenEditors editors;

    PageFactory(ConsoleContext context, SettingsStore settings, LiveSession session) {
        this.settings = settings;
        this.session = session;
        this.background = context.background();
        this.clock = context.clock();
        this.editors = new OpenEditors(session.admin(), context.background());
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
                                            ? server(page, cluster, server, desk)
                                            : missing(desk));
            case Page.NewServer(var name) ->
                    of(
                            name,
                            desk,
                            cluster -> {
                                var editor = editors.server(page, cluster, "");
                                var fields = new ServerFields(editor, desk.messages());
                                return new NewResourceView(editor, fields, page, desk);
                            });
            case Page.Group(var name, var group) ->
                    of(
                            name,
                            desk,
                            cluster ->
                                    cluster.find(Kind.TARGET_GROUP, group).isPresent()
                                            ? group(page, cluster, group, desk)
                                            : missing(desk));
            case Page.NewGroup(var name) ->
                    of(
                            name,
                            desk,
                            cluster -> {
                                var editor = editors.group(page, cluster, "");
                                var fields = new GroupFields(editor, desk.messages());
                                return new NewResourceView(editor, fields, page, desk);
                            });
            case Page.ServerCertificate(var name, var certificate) ->
                    of(
                            name,
                            desk,
                            cluster ->
                                    cluster.find(Kind.CERTIFICATE, certificate).isPresent()
                                            ? certificate(page, cluster, certificate, desk)
                                            : missing(desk));
            case Page.NewCertificate(var name) ->
                    of(
                            name,
                            desk,
                            cluster -> {
                                var editor = editors.certificate(page, cluster, "");
                                var fields = new CertificateFields(editor, background, desk);
                                return new NewResourceView(editor, fields, page, desk);
                            });
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

    private PageView server(Page page, LiveCluster cluster, String name, Desk desk) {
        ServerViewModel model =
                new ServerViewModel(
                        session, cluster, editors.server(page, cluster, name), background, desk);
        TargetsViewModel targets =
                new TargetsViewModel(cluster, session.admin(), background, desk, model::groups);
        return new ServerView(model, targets, monitor, desk);
    }

    private PageView group(Page page, LiveCluster cluster, String name, Desk desk) {
        TargetsViewModel targets =
                new TargetsViewModel(
                        cluster, session.admin(), background, desk, () -> List.of(name));
        return new GroupView(
                editors.group(page, cluster, name), targets, deletion(cluster, desk), desk);
    }

    private PageView certificate(Page page, LiveCluster cluster, String name, Desk desk) {
        var editor = editors.certificate(page, cluster, name);
        CertificateViewModel model =
                new CertificateViewModel(
                        editor, session.admin(), background, deletion(cluster, desk));
        return new CertificateView(
                model, new CertificateFields(editor, background, desk), clock, desk);
    }

    private Deletion deletion(LiveCluster cluster, Desk desk) {
        return new Deletion(cluster, session.admin(), background, desk);
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
