package dev.weir.console.connect;

import dev.weir.console.session.AdminSession;
import dev.weir.console.session.Endpoint;
import dev.weir.console.session.SessionException;
import dev.weir.console.session.SessionFactory;
import dev.weir.console.settings.ConnectionProfile;
import dev.weir.console.settings.SettingsStore;
import dev.weir.console.task.Background;
import dev.weir.model.Secret;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/// Chooses an admin server: the local lab, a saved connection, or one typed in.
///
/// Confined to the user interface's thread.
public final class ConnectViewModel {
    private final SessionFactory sessions;
    private final SettingsStore settings;
    private final Callable<TokenStore> tokenStore;
    private final Background background;
    private final BiConsumer<Endpoint, AdminSession> opened;
    private final @Nullable Path readyFile;

    private final ReadOnlyObjectWrapper<@Nullable RunningLab> lab = new ReadOnlyObjectWrapper<>();
    private final ObservableList<ConnectionProfile> profiles = FXCollections.observableArrayList();
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty address = new SimpleStringProperty("");
    private final StringProperty authority = new SimpleStringProperty("");
    private final StringProperty token = new SimpleStringProperty("");
    private final SnmpForm snmp = new SnmpForm();
    private final BooleanProperty remember = new SimpleBooleanProperty(true);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Failure> failure = new ReadOnlyObjectWrapper<>();
    private Background.Job job = Background.Job.NONE;

    /// Why a connection did not open: `reason` names the advice, `detail` is the server's words.
    public record Failure(Reason reason, String detail) {}

    /// What the operator is told to do.
    public enum Reason {
        BAD_ADDRESS,
        NO_AUTHORITY_FILE,
        NO_TOKEN,
        SNMP_USER,
        UNREACHABLE,
        UNTRUSTED,
        UNAUTHORIZED,
        OTHER
    }

    /// @param readyFile where a local lab says that it is ready, or null
    /// @param opened receives the open session
    public ConnectViewModel(
            SessionFactory sessions,
            SettingsStore settings,
            Callable<TokenStore> tokenStore,
            Background background,
            @Nullable Path readyFile,
            BiConsumer<Endpoint, AdminSession> opened) {
        this.sessions = sessions;
        this.settings = settings;
        this.tokenStore = tokenStore;
        this.background = background;
        this.readyFile = readyFile;
        this.opened = opened;
        profiles.setAll(settings.get().profiles());
    }

    public ReadOnlyObjectProperty<@Nullable RunningLab> labProperty() {
        return lab.getReadOnlyProperty();
    }

    public ObservableList<ConnectionProfile> profiles() {
        return profiles;
    }

    public StringProperty nameProperty() {
        return name;
    }

    public StringProperty addressProperty() {
        return address;
    }

    public StringProperty authorityProperty() {
        return authority;
    }

    public StringProperty tokenProperty() {
        return token;
    }

    /// How the nodes' SNMP agents are asked.
    public SnmpForm snmp() {
        return snmp;
    }

    public BooleanProperty rememberProperty() {
        return remember;
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Failure> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /// Looks for a running lab.
    public void look() {
        if (readyFile == null) {
            return;
        }
        background.run(
                () -> RunningLab.find(readyFile),
                found -> lab.set(found.orElse(null)),
                wrong -> lab.set(null));
    }

    /// Connects to the lab that was found.
    public void connectToLab() {
        RunningLab found = lab.get();
        if (found != null) {
            connect(found::endpoint, null);
        }
    }

    /// Connects to a saved server with its kept token.
    public void connect(ConnectionProfile profile) {
        fill(profile);
        connect(
                () -> {
                    TokenStore store = tokenStore.call();
                    return new Endpoint(
                            profile.name(),
                            profile.admin(),
                            profile.ca() == null ? null : Path.of(profile.ca()),
                            store.find(profile.name()).orElse(null),
                            SnmpForm.saved(profile).security(profile.name(), store));
                },
                null);
    }

    /// Shows a saved connection in the form.
    public void fill(ConnectionProfile profile) {
        name.set(profile.name());
        address.set(profile.admin().toString());
        authority.set(profile.ca() == null ? "" : profile.ca());
        snmp.fill(profile);
    }

    /// Connects to what the form says, and saves it where that is wanted.
    public void connect() {
        URI admin;
        try {
            admin = new URI(address.get().strip());
            if (admin.getHost() == null
                    || !(admin.getScheme().equals("https") || admin.getScheme().equals("http"))) {
                throw new URISyntaxException(address.get(), "no http or https address");
            }
        } catch (URISyntaxException bad) {
            failure.set(new Failure(Reason.BAD_ADDRESS, address.get()));
            return;
        }
        String file = authority.get().strip();
        if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
            failure.set(new Failure(Reason.NO_AUTHORITY_FILE, file));
            return;
        }
        if (token.get().isBlank() && !isSaved(name.get().strip())) {
            failure.set(new Failure(Reason.NO_TOKEN, ""));
            return;
        }
        SnmpForm.Typed asking = snmp.typed();
        if (!asking.isComplete(isSaved(name.get().strip()))) {
            failure.set(new Failure(Reason.SNMP_USER, ""));
            return;
        }
        String title = name.get().isBlank() ? admin.getAuthority() : name.get().strip();
        Secret typed = token.get().isBlank() ? null : new Secret(token.get().strip());
        Path ca = file.isEmpty() ? null : Path.of(file);
        ConnectionProfile profile =
                new ConnectionProfile(
                        title,
                        admin,
                        file.isEmpty() ? null : file,
                        asking.community(),
                        asking.user());
        connect(
                () -> {
                    TokenStore store = tokenStore.call();
                    Secret secret = typed != null ? typed : store.find(title).orElse(null);
                    return new Endpoint(title, admin, ca, secret, asking.security(title, store));
                },
                remember.get() ? profile : null);
    }

    /// Connects at once to what the command line named.
    public void connect(Endpoint endpoint) {
        connect(() -> endpoint, null);
    }

    /// Gives up the attempt under way.
    public void cancel() {
        job.cancel();
        busy.set(false);
    }

    /// Forgets a saved connection, its token and its passphrases.
    public void forget(ConnectionProfile profile) {
        settings.change(it -> it.withoutProfile(profile.name()));
        profiles.setAll(settings.get().profiles());
        background.run(
                () -> {
                    TokenStore store = tokenStore.call();
                    store.forget(profile.name());
                    SnmpForm.forget(profile.name(), store);
                    return true;
                },
                _ -> {},
                wrong -> failure.set(new Failure(Reason.OTHER, text(wrong))));
    }

    private boolean isSaved(String title) {
        return profiles.stream().anyMatch(profile -> profile.name().equals(title));
    }

    private void connect(Callable<Endpoint> endpoint, @Nullable ConnectionProfile save) {
        job.cancel();
        failure.set(null);
        busy.set(true);
        job =
                background.run(
                        () -> {
                            Endpoint chosen = endpoint.call();
                            AdminSession session = sessions.open(chosen);
                            if (save != null) {
                                keep(chosen, save.name());
                            }
                            return new Opened(chosen, session);
                        },
                        it -> {
                            busy.set(false);
                            if (save != null) {
                                settings.change(now -> now.withProfile(save));
                                profiles.setAll(settings.get().profiles());
                            }
                            clear();
                            opened.accept(it.endpoint(), it.session());
                        },
                        wrong -> {
                            busy.set(false);
                            failure.set(new Failure(reason(wrong), text(wrong)));
                        });
    }

    /// What is saved can be opened or filled in again from its line.
    private void clear() {
        List.of(name, address, authority, token).forEach(field -> field.set(""));
        snmp.clear();
    }

    private void keep(Endpoint endpoint, String title) throws Exception {
        TokenStore store = tokenStore.call();
        if (endpoint.token() != null) {
            store.keep(title, endpoint.token());
        }
        SnmpForm.keep(title, endpoint.snmp(), store);
    }

    private record Opened(Endpoint endpoint, AdminSession session) {}

    private static Reason reason(Exception wrong) {
        if (wrong instanceof SessionException refused) {
            return switch (refused.reason()) {
                case UNREACHABLE -> Reason.UNREACHABLE;
                case UNTRUSTED -> Reason.UNTRUSTED;
                case UNAUTHORIZED, FORBIDDEN -> Reason.UNAUTHORIZED;
                case NOT_FOUND, CONFLICT, INVALID, OTHER -> Reason.OTHER;
            };
        }
        return Reason.OTHER;
    }

    private static String text(Exception wrong) {
        return Optional.ofNullable(wrong.getMessage()).orElse(wrong.toString());
    }
}
