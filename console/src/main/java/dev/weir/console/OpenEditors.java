package dev.weir.console;

import dev.weir.console.certificate.CertificateForm;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.FormCodec;
import dev.weir.console.session.AdminSession;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.shell.Page;
import dev.weir.console.targetgroup.GroupForm;
import dev.weir.console.task.Background;
import dev.weir.console.virtualserver.ServerForm;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import java.util.HashMap;
import java.util.Map;

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
