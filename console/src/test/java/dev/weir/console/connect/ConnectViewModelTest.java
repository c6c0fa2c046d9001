package dev.weir.console.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.ReadyFile;
import dev.weir.console.ConsoleFixture;
import dev.weir.console.session.Endpoint;
import dev.weir.console.session.SessionException;
import dev.weir.console.settings.SettingsStore;
import dev.weir.model.Secret;
import dev.weir.snmp.SnmpSecurity;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class ConnectViewModelTest {
    @TempDir private Path directory;
    private final ConsoleFixture fixture = new ConsoleFixture();
    private final List<Endpoint> opened = new ArrayList<>();
    private final TokenStore tokens = new ConsoleFixture.InMemoryTokens();
    private boolean refuses;
    private ConnectViewModel model = model();

    private ConnectViewModel model() {
        return new ConnectViewModel(
                endpoint -> {
                    if (refuses) {
                        throw new SessionException(
                                SessionException.Reason.UNAUTHORIZED, "token: unknown", List.of());
                    }
                    return fixture.admin;
                },
                new SettingsStore(directory == null ? Path.of("target/none") : directory),
                () -> tokens,
                fixture.background,
                directory == null ? null : directory.resolve("ready.json"),
                (endpoint, _) -> opened.add(endpoint));
    }

    @BeforeEach
    void begin() {
        model = model();
    }

    @Test
    void offersALabOnlyWhileItsProcessLives() throws IOException {
        model.look();
        assertThat(model.labProperty().get()).isNull();

        write(ProcessHandle.current().pid());
        model.look();
        model.connectToLab();
        assertThat(opened).hasSize(1);
        assertThat(opened.getFirst().token()).isEqualTo(new Secret("lab token"));
        assertThat(opened.getFirst().snmp()).isEqualTo(Endpoint.community("public"));

        write(Long.MAX_VALUE);
        model.look();
        assertThat(model.labProperty().get()).isNull();
    }

    @Test
    void remembersAConnectionAndKeepsItsTokenElsewhere() throws IOException {
        type("prod", "https://lb.example:8443", "secret");
        model.connect();

        assertThat(opened).hasSize(1);
        assertThat(tokens.find("prod")).contains(new Secret("secret"));
        assertThat(Files.readString(directory.resolve("console.json")))
                .contains("lb.example")
                .doesNotContain("secret");
        assertThat(model.tokenProperty().get()).isEmpty();
        assertThat(model.addressProperty().get()).as("its line has it now").isEmpty();

        ConnectViewModel later = model();
        later.connect(later.profiles().getFirst());
        assertThat(opened.getLast().token()).isEqualTo(new Secret("secret"));

        later.forget(later.profiles().getFirst());
        assertThat(later.profiles()).isEmpty();
        assertThat(tokens.find("prod")).isEmpty();
    }

    @Test
    void keepsThePassphrasesOfAnSnmpUserBesideTheToken() throws IOException {
        type("prod", "https://lb.example:8443", "secret");
        model.snmp().versionProperty().set(SnmpForm.Version.USER);
        model.snmp().userProperty().set("console");
        model.snmp().authenticationProperty().set("first passphrase");
        model.snmp().privacyProperty().set("second passphrase");
        model.connect();

        SnmpSecurity.User user =
                new SnmpSecurity.User(
                        "console", new Secret("first passphrase"), new Secret("second passphrase"));
        assertThat(opened.getFirst().snmp()).isEqualTo(user);
        assertThat(Files.readString(directory.resolve("console.json")))
                .contains("console")
                .doesNotContain("passphrase");
        assertThat(model.snmp().authenticationProperty().get()).isEmpty();

        ConnectViewModel later = model();
        later.connect(later.profiles().getFirst());
        assertThat(opened.getLast().snmp()).isEqualTo(user);

        later.fill(later.profiles().getFirst());
        assertThat(later.snmp().versionProperty().get()).isEqualTo(SnmpForm.Version.USER);
        assertThat(later.snmp().privacyProperty().get()).isEmpty();
        later.snmp().privacyProperty().set("third passphrase");
        later.connect();
        assertThat(opened.getLast().snmp())
                .isEqualTo(
                        new SnmpSecurity.User(
                                "console",
                                new Secret("first passphrase"),
                                new Secret("third passphrase")));

        later.fill(later.profiles().getFirst());
        later.snmp().versionProperty().set(SnmpForm.Version.COMMUNITY);
        later.connect();
        assertThat(opened.getLast().snmp()).as("no community, no numbers").isNull();
        assertThat(tokens.find("prod SNMP privacy")).as("no longer used").isEmpty();
        assertThat(tokens.find("prod")).isPresent();
    }

    @Test
    void anSnmpUserNeedsANameAndLongPassphrases() {
        type("", "https://lb.example", "secret");
        model.snmp().versionProperty().set(SnmpForm.Version.USER);
        model.snmp().userProperty().set("console");
        model.snmp().authenticationProperty().set("first passphrase");
        model.snmp().privacyProperty().set("short");
        model.connect();

        assertThat(reason()).isEqualTo(ConnectViewModel.Reason.SNMP_USER);
        assertThat(opened).isEmpty();
    }

    @Test
    void saysWhatToDoWhereItCannotConnect() {
        type("", "lb.example", "secret");
        model.connect();
        assertThat(reason()).isEqualTo(ConnectViewModel.Reason.BAD_ADDRESS);

        type("", "https://lb.example", "");
        model.connect();
        assertThat(reason()).isEqualTo(ConnectViewModel.Reason.NO_TOKEN);

        type("", "https://lb.example", "wrong");
        model.authorityProperty().set("/no/such/file.pem");
        model.connect();
        assertThat(reason()).isEqualTo(ConnectViewModel.Reason.NO_AUTHORITY_FILE);

        model.authorityProperty().set("");
        refuses = true;
        model.connect();
        assertThat(reason()).isEqualTo(ConnectViewModel.Reason.UNAUTHORIZED);
        assertThat(model.busyProperty().get()).isFalse();
        assertThat(model.profiles()).isEmpty();
    }

    @Test
    void tokensInAFileAreNotReadableWithoutTheKey() throws IOException {
        TokenStore file = new EncryptedFileTokenStore(directory);
        file.keep("prod", new Secret("very secret"));
        file.keep("test", new Secret("other"));

        assertThat(new EncryptedFileTokenStore(directory).find("prod"))
                .contains(new Secret("very secret"));
        assertThat(Files.readString(directory.resolve("tokens.properties")))
                .doesNotContain("very secret");
        Files.delete(directory.resolve("tokens.key"));
        assertThat(new EncryptedFileTokenStore(directory).find("prod")).isEmpty();
    }

    private ConnectViewModel.Reason reason() {
        ConnectViewModel.Failure failure = model.failureProperty().get();
        assertThat(failure).isNotNull();
        return failure == null ? ConnectViewModel.Reason.OTHER : failure.reason();
    }

    private void type(String name, String address, String token) {
        model.nameProperty().set(name);
        model.addressProperty().set(address);
        model.tokenProperty().set(token);
    }

    private void write(long pid) throws IOException {
        Path token = directory.resolve("token");
        Files.writeString(token, "lab token\n");
        new ReadyFile(
                        pid,
                        URI.create("https://127.0.0.1:1"),
                        "",
                        token.toString(),
                        "127.0.0.1:2",
                        new ReadyFile.Snmp("127.0.0.1:3", "public"),
                        Map.of(),
                        List.of(),
                        URI.create("http://127.0.0.1:4"))
                .write(directory.resolve("ready.json"));
    }
}
