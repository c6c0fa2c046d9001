package dev.weir.bundle;

import dev.weir.admin.Admin;
import dev.weir.admin.AdminServer;
import dev.weir.admin.Binding;
import dev.weir.admin.auth.Identity;
import dev.weir.admin.store.PostgresAddress;
import dev.weir.controller.DiscoveryBinding;
import dev.weir.controller.DiscoveryServer;
import dev.weir.diagnoser.DefaultOperations;
import dev.weir.diagnoser.LocalDiagnosisRuns;
import dev.weir.model.Node;
import dev.weir.model.OperationRunner;
import dev.weir.model.Resource;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Admin, controller and diagnoser in one process, connected by the ports of the model.
///
/// @param directory where admin's state is
record Backend(Admin admin, DiscoveryServer discovery, Path directory) {
    /// The name in the discovery server's certificate that Envoy looks for.
    static final String XDS_NAME = "weir-xds";

    /// Where the discovery server listens.
    ///
    /// @param mutualTls whether nodes must show a certificate; plain text is for loopback
    record Xds(HostPort address, boolean mutualTls) {
        static Xds plain(HostPort address) {
            return new Xds(address, false);
        }
    }

    /// Opens the store and starts the discovery server; the other doors follow.
    static Backend start(Parts parts, Path directory, Settings.@Nullable Database database, Xds xds)
            throws StartException {
        InstantSource clock = InstantSource.system();
        Admin admin = parts.start("store", () -> open(directory, database, clock));
        admin.firstPassword()
                .ifPresent(password ->
                        System.err.println(
                                "weir: first start: user 'admin', password '"
                                        + password.reveal()
                                        + "' (not shown again)"));
        addDefaultOperations(admin);
        DiscoveryServer discovery =
                parts.start(
                        "controller",
                        () ->
                                new DiscoveryServer(
                                        admin.ledger(),
                                        binding(admin, xds),
                                        clock,
                                        System::nanoTime));
        var _ =
                parts.run(
                        "xds " + xds.address(),
                        () -> {
                            discovery.start();
                            return discovery;
                        });
        admin.connect(discovery);
        return new Backend(admin, discovery, directory);
    }

    /// Puts the default operations into a store that has none.
    private static void addDefaultOperations(Admin admin) {
        if (admin.catalog().operations().isEmpty()) {
            DefaultOperations defaults = DefaultOperations.all();
            defaults.operations().forEach(admin.catalog()::put);
            defaults.operationSets().forEach(admin.catalog()::put);
        }
    }

    private static DiscoveryBinding binding(Admin admin, Xds xds) {
        if (!xds.mutualTls()) {
            return DiscoveryBinding.plain(xds.address().socketAddress());
        }
        List<String> names = new ArrayList<>(names(xds.address()));
        names.add(XDS_NAME);
        Identity identity = admin.authority().issue(XDS_NAME, names);
        return new DiscoveryBinding(
                xds.address().socketAddress(),
                new DiscoveryBinding.MutualTls(
                        identity.chainPem(),
                        identity.keyPem(),
                        admin.authority().certificatePem()));
    }

    /// A certificate for a door at this address.
    Identity identity(String name, HostPort listen) {
        return admin.authority().issue(name, names(listen));
    }

    private static Admin open(
            Path directory, Settings.@Nullable Database database, InstantSource clock)
            throws IOException {
        SecureRandom random = new SecureRandom();
        if (database == null) {
            return Admin.open(directory, clock, random);
        }
        String user = database.user();
        Path passwordFile = database.passwordFile();
        Secret password =
                new Secret(passwordFile == null ? "" : Files.readString(passwordFile).strip());
        return Admin.open(
                directory,
                new PostgresAddress(database.url(), user == null ? "weir" : user, password),
                clock,
                random);
    }

    /// Goes on with diagnoses of an earlier process and takes new ones.
    void startDiagnoser(Parts parts, Function<Resource<Node>, OperationRunner> agents)
            throws StartException {
        LocalDiagnosisRuns runs =
                parts.start(
                        "diagnoser",
                        () ->
                                new LocalDiagnosisRuns(
                                        admin.diagnosisStore(),
                                        admin.ledger(),
                                        agents,
                                        LocalDiagnosisRuns.Settings.defaults()));
        admin.connect(runs);
        runs.resume();
    }

    /// Opens the operators' door, with a certificate for its own address.
    AdminServer startServer(Parts parts, HostPort listen) throws StartException {
        Identity identity = identity("weir-admin", listen);
        return parts.start(
                "admin " + listen,
                () ->
                        admin.server(
                                        new Binding(
                                                InetAddress.getByName(listen.host()),
                                                listen.port(),
                                                identity))
                                .start());
    }

    /// Where clients find the authority that signs every certificate here.
    Path authorityFile() {
        return directory.resolve("ca.pem");
    }

    private static List<String> names(HostPort listen) {
        List<String> names = new ArrayList<>(List.of("localhost", HostPort.LOOPBACK));
        if (!names.contains(listen.host()) && !listen.host().equals("0.0.0.0")) {
            names.add(listen.host());
        }
        try {
            String host = InetAddress.getLocalHost().getCanonicalHostName();
            if (!listen.isLoopback() && !names.contains(host)) {
                names.add(host);
            }
        } catch (java.net.UnknownHostException nameless) {
            // then by address alone
        }
        return List.copyOf(names);
    }
}
