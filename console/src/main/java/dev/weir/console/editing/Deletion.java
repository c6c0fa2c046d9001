package dev.weir.console.editing;

import dev.weir.console.session.AdminSession;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Desk.Notice;
import dev.weir.console.shell.Desk.Question;
import dev.weir.console.shell.Page;
import dev.weir.console.task.Background;
import dev.weir.console.text.Messages;
import dev.weir.model.Reference;
import dev.weir.model.Resource;

import java.util.List;

/// Deletes a resource that nothing uses, after a question, and offers the way back.
///
/// Confined to the user interface's thread.
public final class Deletion {
    private final LiveCluster cluster;
    private final AdminSession admin;
    private final Background background;
    private final Desk desk;

    public Deletion(LiveCluster cluster, AdminSession admin, Background background, Desk desk) {
        this.cluster = cluster;
        this.admin = admin;
        this.background = background;
        this.desk = desk;
    }

    /// Asks, and deletes where the answer is yes.
    ///
    /// @param users names of what uses it; it stays where there are any
    /// @param page of the resource, closed with it
    public void ask(Resource<?> resource, List<String> users, Page page) {
        Messages messages = desk.messages();
        String kind = messages.word(resource.kind());
        if (!users.isEmpty()) {
            desk.tell(
                    new Notice(
                            Notice.Tone.FAILED,
                            messages.text("delete.used", resource.name(), String.join(", ", users)),
                            null));
            return;
        }
        desk.ask(
                new Question(
                        messages.text("delete.title", kind, resource.name()),
                        messages.text("delete.text"),
                        messages.text("server.delete"),
                        true,
                        cluster.isProtected() ? resource.name() : null),
                () -> delete(resource, page));
    }

    private void delete(Resource<?> resource, Page page) {
        Messages messages = desk.messages();
        Reference reference = new Reference(resource.kind(), resource.name());
        long before = cluster.configuration().revision();
        background.run(
                () -> {
                    admin.delete(cluster.name(), reference, resource.metadata().revision());
                    return true;
                },
                _ -> {
                    desk.close(page);
                    desk.tell(
                            new Notice(
                                    Notice.Tone.DONE,
                                    messages.text(
                                            "delete.done",
                                            messages.word(resource.kind()),
                                            resource.name()),
                                    new Notice.Offer(
                                            messages.text("action.undo"),
                                            () -> restore(reference, before, page))));
                },
                this::failed);
    }

    private void restore(Reference reference, long before, Page page) {
        String comment = desk.messages().text("delete.restored", reference.name());
        background.run(
                () -> admin.rollback(cluster.name(), before, reference, comment),
                _ -> desk.open(page),
                this::failed);
    }

    private void failed(Exception why) {
        desk.tell(Notice.failed(why, desk.messages()));
    }
}
