package dev.weir.console.virtualserver;

import dev.weir.console.diagnosis.DiagnoseViewModel;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.session.AdminSession;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.console.shell.Desk.Question;
import dev.weir.console.shell.Page;
import dev.weir.console.task.Background;
import dev.weir.console.text.Messages;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.Resource;
import dev.weir.model.VirtualServer;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// What can be done with one virtual server beside editing: switch it, delete it, diagnose it.
///
/// Confined to the user interface's thread.
public final class ServerViewModel {
    private final LiveSession session;
    private final LiveCluster cluster;
    private final String name;
    private final Background background;
    private final Desk desk;
    private final EditorViewModel<ServerForm> editor;

    /// @param editor of an existing virtual server
    public ServerViewModel(
            LiveSession session,
            LiveCluster cluster,
            EditorViewModel<ServerForm> editor,
            Background background,
            Desk desk) {
        this.session = session;
        this.cluster = cluster;
        this.name = editor.name();
        this.background = background;
        this.desk = desk;
        this.editor = editor;
    }

    public LiveCluster cluster() {
        return cluster;
    }

    public String name() {
        return name;
    }

    public EditorViewModel<ServerForm> editor() {
        return editor;
    }

    /// The virtual server as it is declared now, or empty once it is gone.
    public Optional<Resource<VirtualServer>> resource() {
        return Optional.ofNullable(cluster.configuration().virtualServers().get(name));
    }

    /// Names of the target groups that it sends requests to.
    public SequencedSet<String> groups() {
        SequencedSet<String> found = new LinkedHashSet<>();
        resource()
                .ifPresent(server ->
                        server.spec().uses().stream()
                                .filter(used -> used.kind() == Kind.TARGET_GROUP)
                                .forEach(used -> found.add(used.name())));
        return found;
    }

    /// Takes back the last unsaved change; without one, offers to take back the last apply.
    public void undo() {
        if (!editor.undo() && editor.canRollBack()) {
            Messages messages = desk.messages();
            String revision = Long.toString(editor.appliedProperty().get());
            desk.ask(
                    new Question(
                            messages.text("server.undo.title", revision),
                            messages.text("server.undo.text", name),
                            messages.text("rollout.undo"),
                            false,
                            null),
                    () -> editor.rollBack(messages.text("rollout.undo.comment", revision)));
        }
    }

    /// Deletes it, after a question.
    public void delete() {
        Messages messages = desk.messages();
        resource()
                .ifPresent(it ->
                        desk.ask(
                                new Question(
                                        messages.text("server.delete.title", name),
                                        messages.text(
                                                "server.delete.text",
                                                it.spec().address() + ":" + it.spec().port()),
                                        messages.text("server.delete"),
                                        true,
                                        cluster.isProtected() ? name : null),
                                () -> delete(it)));
    }

    private void delete(Resource<VirtualServer> resource) {
        Messages messages = desk.messages();
        Reference reference = new Reference(Kind.VIRTUAL_SERVER, name);
        long before = cluster.configuration().revision();
        background.run(
                () -> {
                    admin().delete(cluster.name(), reference, resource.metadata().revision());
                    return true;
                },
                _ -> {
                    desk.close(new Page.Server(cluster.name(), name));
                    desk.tell(
                            new Notice(
                                    Notice.Tone.DONE,
                                    messages.text("server.deleted", name),
                                    new Notice.Offer(
                                            messages.text("action.undo"),
                                            () -> restore(reference, before))));
                },
                this::failed);
    }

    private void restore(Reference reference, long before) {
        Messages messages = desk.messages();
        background.run(
                () ->
                        admin().rollback(
                                        cluster.name(),
                                        before,
                                        reference,
                                        messages.text("server.restored", name)),
                _ -> desk.open(new Page.Server(cluster.name(), name)),
                this::failed);
    }

    /// What to diagnose because of this virtual server.
    public DiagnoseViewModel diagnosis() {
        return new DiagnoseViewModel(session, cluster, name, background, desk);
    }

    private AdminSession admin() {
        return session.admin();
    }

    private void failed(Exception why) {
        desk.tell(Notice.failed(why, desk.messages()));
    }
}
