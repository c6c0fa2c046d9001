package dev.weir.console.connect;

import dev.weir.console.session.Endpoint;
import dev.weir.console.settings.ConnectionProfile;
import dev.weir.model.Secret;
import dev.weir.snmp.SnmpSecurity;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/// How the nodes' SNMP agents are asked, as typed in the form of a connection.
///
/// Confined to the user interface's thread; what [#typed] answers may go anywhere.
public final class SnmpForm {
    private static final int MIN_PASSPHRASE = 8;

    private final ObjectProperty<Version> version = new SimpleObjectProperty<>(Version.COMMUNITY);
    private final StringProperty community = new SimpleStringProperty("");
    private final StringProperty user = new SimpleStringProperty("");
    private final StringProperty authentication = new SimpleStringProperty("");
    private final StringProperty privacy = new SimpleStringProperty("");

    /// How the console proves who it is.
    public enum Version {
        /// SNMPv2c: a word in clear text, or no numbers where it is empty.
        COMMUNITY,
        /// SNMPv3: a user with two passphrases.
        USER
    }

    public ObjectProperty<Version> versionProperty() {
        return version;
    }

    public StringProperty communityProperty() {
        return community;
    }

    public StringProperty userProperty() {
        return user;
    }

    /// The passphrase of authentication; empty means the kept one.
    public StringProperty authenticationProperty() {
        return authentication;
    }

    /// The passphrase of privacy; empty means the kept one.
    public StringProperty privacyProperty() {
        return privacy;
    }

    /// Shows what is saved; passphrases are not shown.
    void fill(ConnectionProfile profile) {
        clear();
        community.set(profile.community() == null ? "" : profile.community());
        if (profile.snmpUser() != null) {
            version.set(Version.USER);
            user.set(profile.snmpUser());
        }
    }

    void clear() {
        version.set(Version.COMMUNITY);
        List.of(community, user, authentication, privacy).forEach(field -> field.set(""));
    }

    Typed typed() {
        return version.get() == Version.COMMUNITY
                ? new Typed(community.get().strip(), null, null, null)
                : new Typed(
                        "",
                        user.get().strip(),
                        secret(authentication.get()),
                        secret(privacy.get()));
    }

    /// What is saved of a connection, its passphrases kept elsewhere.
    static Typed saved(ConnectionProfile profile) {
        return profile.snmpUser() == null
                ? new Typed(
                        profile.community() == null ? "" : profile.community(), null, null, null)
                : new Typed("", profile.snmpUser(), null, null);
    }

    private static @Nullable Secret secret(String text) {
        return text.isEmpty() ? null : new Secret(text);
    }

    /// What was typed; immutable.
    ///
    /// @param user null where a community is used
    /// @param authentication null for the kept one
    /// @param privacy null for the kept one
    record Typed(
            String community,
            @Nullable String user,
            @Nullable Secret authentication,
            @Nullable Secret privacy) {

        /// Whether it can be used, with kept passphrases where there are any.
        boolean isComplete(boolean kept) {
            return user == null
                    || (!user.isEmpty()
                            && isLongEnough(authentication, kept)
                            && isLongEnough(privacy, kept));
        }

        private static boolean isLongEnough(@Nullable Secret passphrase, boolean kept) {
            return passphrase == null ? kept : passphrase.reveal().length() >= MIN_PASSPHRASE;
        }

        /// How to ask the nodes; null means not at all. Blocking.
        ///
        /// @throws IOException where a passphrase was neither typed nor kept
        @Nullable SnmpSecurity security(String profile, TokenStore store) throws IOException {
            return user == null
                    ? Endpoint.community(community)
                    : new SnmpSecurity.User(
                            user,
                            known(authentication, authenticationOf(profile), store),
                            known(privacy, privacyOf(profile), store));
        }

        private static Secret known(@Nullable Secret typed, String key, TokenStore store)
                throws IOException {
            return typed != null
                    ? typed
                    : store.find(key)
                            .orElseThrow(() ->
                                    new IOException(
                                            key + ": no passphrase is kept; type it again"));
        }
    }

    /// Keeps the passphrases beside the token, or forgets those of before. Blocking.
    static void keep(String profile, @Nullable SnmpSecurity security, TokenStore store)
            throws IOException {
        if (security instanceof SnmpSecurity.User given) {
            store.keep(authenticationOf(profile), given.authentication());
            store.keep(privacyOf(profile), given.privacy());
        } else {
            forget(profile, store);
        }
    }

    /// Forgets the passphrases of a connection. Blocking.
    static void forget(String profile, TokenStore store) throws IOException {
        store.forget(authenticationOf(profile));
        store.forget(privacyOf(profile));
    }

    private static String authenticationOf(String profile) {
        return profile + " SNMP authentication";
    }

    private static String privacyOf(String profile) {
        return profile + " SNMP privacy";
    }
}
