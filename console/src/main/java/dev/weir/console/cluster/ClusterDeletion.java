package dev.weir.console.cluster;

import dev.weir.console.session.AdminSession;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.console.shell.Desk.Question;
import dev.weir.console.shell.Page;
import dev.weir.console.task.Background;
import dev.weir.console.text.Messages;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

/// Deletes a cluster with everything in it, which nothing brings back: the server keeps no history
/// of a cluster that is gone.
///
/// Confined to the user interface's thread.
public final class ClusterDeletion {
    private final LiveCluster cluster;
    private final AdminSession admin;
    private final Background background;
    private final Desk desk;

    public ClusterDeletion(
            LiveCluster cluster, AdminSession admin, Background background, Desk desk) {
        this.cluster = cluster;
        this.admin = admin;
        this.background = background;
        this.desk = desk;
    }

    /// Asks for the typed name; says what to do first where the cluster is protected.
    public void ask() {
        Messages messages = desk.messages();
        if (cluster.isProtected()) {
            desk.tell(
                    new Notice(
                            Notice.Tone.FAILED,
                            messages.text("cluster.delete.protected", cluster.name()),
                            null));
            return;
        }
        var now = cluster.configuration();
        desk.ask(
                new Question(
                        messages.text("delete.title", messages.word(Kind.CLUSTER), cluster.name()),
                        messages.text(
                                "cluster.delete.text",
                                messages.count(now.virtualServers().size()),
                                messages.count(now.targetGroups().size()),
                                messages.count(now.certificates().size()),
                                messages.count(now.nodes().size())),
                        messages.text("server.delete"),
                        true,
                        cluster.name()),
                this::delete);
    }

    private void delete() {
        Messages messages = desk.messages();
        Reference reference = new Reference(Kind.CLUSTER, cluster.name());
        long basedOn = cluster.configuration().cluster().metadata().revision();
        background.run(
                () -> {
                    admin.delete(cluster.name(), reference, basedOn);
                    return true;
                },
                _ -> {
                    desk.close(new Page.Overview(cluster.name()));
                    desk.tell(
                            new Notice(
                                    Notice.Tone.DONE,
                                    messages.text(
                                            "delete.done",
                                            messages.word(Kind.CLUSTER),
                                            cluster.name()),
                                    null));
                },
                wrong -> desk.tell(Notice.failed(wrong, desk.messages())));
    }
}
