package dev.weir.console;

import dev.weir.console.certificate.CertificateFields;
import dev.weir.console.certificate.CertificateView;
import dev.weir.console.certificate.CertificateViewModel;
import dev.weir.console.cluster.ClusterDeletion;
import dev.weir.console.cluster.ClusterFields;
import dev.weir.console.cluster.NodeFields;
import dev.weir.console.cluster.NodeView;
import dev.weir.console.cluster.OverviewView;
import dev.weir.console.cluster.OverviewViewModel;
import dev.weir.console.dashboard.TrafficMonitor;
import dev.weir.console.editing.Deletion;
import dev.weir.console.editing.EditorFields;
import dev.weir.console.editing.NewResourceView;
import dev.weir.console.editing.NewResourceView.Arrival;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
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
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import java.time.InstantSource;
import java.util.List;

/// Makes the pages of what is declared in a cluster: one for each kind, and one for a new one.
///
/// @param editors of the pages that are open
record ResourcePages(
        LiveSession session,
        OpenEditors editors,
        TrafficMonitor monitor,
        Background background,
        InstantSource clock) {

    /// The page of a resource that is there.
    PageView of(Page page, LiveCluster cluster, Reference resource, Desk desk) {
        String name = resource.name();
        return switch (resource.kind()) {
            case CLUSTER -> overview(page, cluster, desk);
            case NODE ->
                    new NodeView(editors.node(page, cluster, name), deletion(cluster, desk), desk);
            case VIRTUAL_SERVER -> server(page, cluster, name, desk);
            case TARGET_GROUP -> group(page, cluster, name, desk);
            case CERTIFICATE -> certificate(page, cluster, name, desk);
        };
    }

    /// The page of a new resource; a new cluster is made in no cluster, by [#newCluster].
    PageView fresh(Page page, LiveCluster cluster, Kind kind, Desk desk) {
        Arrival arrival = Arrival.in(cluster, kind);
        return switch (kind) {
            case CLUSTER -> newCluster(page, desk);
            case NODE -> {
                var editor = editors.node(page, cluster, "");
                EditorFields fields = new NodeFields(editor, desk.messages());
                yield new NewResourceView(editor, fields, arrival, page, desk);
            }
            case VIRTUAL_SERVER -> {
                var editor = editors.server(page, cluster, "");
                EditorFields fields = new ServerFields(editor, desk.messages());
                yield new NewResourceView(editor, fields, arrival, page, desk);
            }
            case TARGET_GROUP -> {
                var editor = editors.group(page, cluster, "");
                EditorFields fields = new GroupFields(editor, desk.messages());
                yield new NewResourceView(editor, fields, arrival, page, desk);
            }
            case CERTIFICATE -> {
                var editor = editors.certificate(page, cluster, "");
                EditorFields fields = new CertificateFields(editor, background, desk);
                yield new NewResourceView(editor, fields, arrival, page, desk);
            }
        };
    }

    PageView newCluster(Page page, Desk desk) {
        List<String> taken = session.clusters().stream().map(LiveCluster::name).toList();
        var editor = editors.newCluster(page, taken);
        Arrival arrival =
                new Arrival(session.clusters(), name -> session.cluster(name).isPresent());
        return new NewResourceView(
                editor, new ClusterFields(editor, desk.messages()), arrival, page, desk);
    }

    private PageView overview(Page page, LiveCluster cluster, Desk desk) {
        var editor = editors.cluster(page, cluster);
        ClusterDeletion end = new ClusterDeletion(cluster, session.admin(), background, desk);
        return new OverviewView(new OverviewViewModel(cluster, monitor), editor, end, desk);
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
}
