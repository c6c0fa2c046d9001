package dev.weir.console;

import dev.weir.console.certificate.CertificateForm;
import dev.weir.console.cluster.ClusterForm;
import dev.weir.console.cluster.NodeForm;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.FormCodec;
import dev.weir.console.session.AdminSession;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.shell.Page;
import dev.weir.console.targetgroup.GroupForm;
import dev.weir.console.task.Background;
import dev.weir.console.virtualserver.ServerForm;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Metadata;
import dev.weir.model.Reference;
import dev.weir.model.Resource;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The editors of the open pages: what is typed outlives the view, which is made anew in another
/// language.
///
/// Confined to the user interface's thread.
final class OpenEditors {
    private final AdminSession admin;
    private final Background background;
    private final Map<Page, EditorViewModel<?>> editors = new HashMap<>();

    OpenEditors(AdminSession admin, Background background) {
        this.admin = admin;
        this.background = background;
    }

    /// @param name of the virtual server; empty for a new one, as in the others
    EditorViewModel<ServerForm> server(Page page, LiveCluster cluster, String name) {
        Reference resource = new Reference(Kind.VIRTUAL_SERVER, name);
        return of(page, resource, ServerForm.BLANK, ServerForm.CODEC, cluster);
    }

    EditorViewModel<GroupForm> group(Page page, LiveCluster cluster, String name) {
        Reference resource = new Reference(Kind.TARGET_GROUP, name);
        return of(page, resource, GroupForm.BLANK, GroupForm.CODEC, cluster);
    }

    EditorViewModel<CertificateForm> certificate(Page page, LiveCluster cluster, String name) {
        Reference resource = new Reference(Kind.CERTIFICATE, name);
        return of(page, resource, CertificateForm.BLANK, CertificateForm.CODEC, cluster);
    }

    EditorViewModel<NodeForm> node(Page page, LiveCluster cluster, String name) {
        Reference resource = new Reference(Kind.NODE, name);
        return of(page, resource, NodeForm.BLANK, NodeForm.CODEC, cluster);
    }

    EditorViewModel<ClusterForm> cluster(Page page, LiveCluster cluster) {
        Reference resource = new Reference(Kind.CLUSTER, cluster.name());
        return of(page, resource, ClusterForm.BLANK, ClusterForm.codec(Set.of()), cluster);
    }

    /// @param taken names of the clusters there are
    EditorViewModel<ClusterForm> newCluster(Page page, Collection<String> taken) {
        Reference resource = new Reference(Kind.CLUSTER, "");
        return of(page, resource, ClusterForm.BLANK, ClusterForm.codec(taken), nowhere());
    }

    /// A cluster that is not made yet is in none; this one is empty and stays so.
    private static LiveCluster nowhere() {
        Metadata none = new Metadata(new UUID(0, 0), 1, 1, Instant.EPOCH, "", Instant.EPOCH, "");
        Draft<Cluster> draft = Draft.of("-", new Cluster(Engine.EMBEDDED, false));
        return new LiveCluster(Configuration.of(Resource.of(draft, none), 0), null);
    }

    /// Forgets what is typed on a page that is closed.
    void close(Page page) {
        EditorViewModel<?> editor = editors.remove(page);
        if (editor != null) {
            editor.close();
        }
    }

    void closeAll() {
        editors.values().forEach(EditorViewModel::close);
        editors.clear();
    }

    @SuppressWarnings("unchecked") // a page always edits the same kind of resource
    private <F> EditorViewModel<F> of(
            Page page, Reference resource, F blank, FormCodec<F> codec, LiveCluster cluster) {
        return (EditorViewModel<F>)
                editors.computeIfAbsent(
                        page,
                        _ ->
                                new EditorViewModel<>(
                                        resource.kind(),
                                        cluster.find(resource.kind(), resource.name()).orElse(null),
                                        blank,
                                        codec,
                                        cluster,
                                        admin,
                                        background));
    }
}
