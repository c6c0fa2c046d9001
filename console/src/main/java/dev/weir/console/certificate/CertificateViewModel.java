package dev.weir.console.certificate;

import dev.weir.api.CertificateStatus;
import dev.weir.console.editing.Deletion;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.session.AdminSession;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.shell.Page;
import dev.weir.console.task.Background;
import dev.weir.console.text.Failure;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A certificate as the server reads it, its replacement, and its end.
///
/// Confined to the user interface's thread.
public final class CertificateViewModel {
    private final EditorViewModel<CertificateForm> editor;
    private final AdminSession admin;
    private final Background background;
    private final Deletion deletion;
    private final String name;
    private final ReadOnlyObjectWrapper<@Nullable CertificateStatus> status =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
    private final InvalidationListener changed = _ -> read();
    private Background.Job reading = Background.Job.NONE;

    /// @param editor of an existing certificate
    public CertificateViewModel(
            EditorViewModel<CertificateForm> editor,
            AdminSession admin,
            Background background,
            Deletion deletion) {
        this.editor = editor;
        this.admin = admin;
        this.background = background;
        this.deletion = deletion;
        this.name = editor.name();
        editor.baseProperty().addListener(changed);
        read();
    }

    public LiveCluster cluster() {
        return editor.cluster();
    }

    public String name() {
        return name;
    }

    public EditorViewModel<CertificateForm> editor() {
        return editor;
    }

    /// What the server reads in the chain, or null before it answered or where it tells nothing.
    public ReadOnlyObjectProperty<@Nullable CertificateStatus> statusProperty() {
        return status.getReadOnlyProperty();
    }

    /// Why the server did not tell, empty where it did.
    public ReadOnlyStringProperty failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /// Names of the virtual servers that use it.
    public List<String> users() {
        return cluster().configuration().usersOf(new Reference(Kind.CERTIFICATE, name));
    }

    /// Deletes it, after a question, where nothing uses it.
    public void delete() {
        cluster()
                .find(Kind.CERTIFICATE, name)
                .ifPresent(it ->
                        deletion.ask(
                                it, users(), new Page.ServerCertificate(cluster().name(), name)));
    }

    public void close() {
        reading.cancel();
        editor.baseProperty().removeListener(changed);
    }

    private void read() {
        reading.cancel();
        reading =
                background.run(
                        () -> admin.certificate(cluster().name(), name),
                        found -> {
                            failure.set("");
                            status.set(found.orElse(null));
                        },
                        wrong -> failure.set(Failure.words(wrong)));
    }
}
