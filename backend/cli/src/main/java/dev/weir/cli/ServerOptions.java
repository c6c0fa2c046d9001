package dev.weir.cli;

import dev.weir.api.Connection;
import dev.weir.api.ReadyFile;
import dev.weir.api.WeirClient;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Which server a command is for, and which cluster of it.
final class ServerOptions {
    static final String USER_AGENT = "weirctl";

    private final Surroundings surroundings;

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "Base address of the admin API (WEIR_ADMIN).")
    private @Nullable URI admin;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file of the authority to trust (WEIR_CA).")
    private @Nullable Path ca;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File that holds an API token (WEIR_TOKEN_FILE).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "A context that 'login' made (WEIR_CONTEXT).")
    private @Nullable String context;

    @Option(
            names = "--lab",
            paramLabel = "FILE",
            description = "Ready file of a running lab (WEIR_LAB).")
    private @Nullable Path lab;

    @Option(
            names = {"-c", "--cluster"},
            paramLabel = "NAME",
            description = "The cluster; needed where the server has several (WEIR_CLUSTER).")
    private @Nullable String cluster;

    ServerOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// Opens a session; nothing is sent yet.
    Session open() throws IOException, FailedException, UsageException {
        Found found = find();
        String caPem = found.ca() == null ? null : Files.readString(found.ca());
        Secret token =
                found.tokenFile() == null
                        ? null
                        : new Secret(Files.readString(found.tokenFile()).strip());
        String named = cluster == null ? surroundings.variable("WEIR_CLUSTER") : cluster;
        WeirClient client = new WeirClient(Connection.of(found.admin(), caPem, token, USER_AGENT));
        return new Session(client, named == null ? found.cluster() : named, found.community());
    }

    /// @param community of SNMPv2c where a lab tells it
    private record Found(
            URI admin,
            @Nullable Path ca,
            @Nullable Path tokenFile,
            @Nullable String cluster,
            @Nullable String community) {}

    private Found find() throws IOException, FailedException, UsageException {
        URI address = admin == null ? uri(surroundings.variable("WEIR_ADMIN")) : admin;
        if (address != null) {
            return over(new Found(address, null, null, null, null));
        }
        Path ready = lab == null ? path(surroundings.variable("WEIR_LAB")) : lab;
        if (ready != null) {
            return over(
                    ofLab(ready)
                            .orElseThrow(() ->
                                    new UsageException(
                                            "ready file "
                                                    + ready
                                                    + ": does not exist; is the lab running?")));
        }
        Contexts contexts = new Contexts(surroundings);
        String name = context == null ? surroundings.variable("WEIR_CONTEXT") : context;
        Optional<Context> known =
                name == null ? contexts.current() : Optional.of(contexts.find(name));
        if (known.isPresent()) {
            Context found = known.get();
            return over(
                    new Found(
                            found.admin(),
                            path(found.ca()),
                            path(found.tokenFile()),
                            found.cluster(),
                            null));
        }
        return over(
                ofLab(surroundings.labReadyFile())
                        .orElseThrow(() ->
                                new UsageException(
                                        "no server is named and no lab runs; start './weir lab', or"
                                                + " use 'weirctl login' or --admin")));
    }

    /// What is given beside the address wins over what comes with it.
    private Found over(Found found) {
        Path givenCa = ca == null ? path(surroundings.variable("WEIR_CA")) : ca;
        Path givenToken =
                tokenFile == null ? path(surroundings.variable("WEIR_TOKEN_FILE")) : tokenFile;
        return new Found(
                found.admin(),
                givenCa == null ? found.ca() : givenCa,
                givenToken == null ? found.tokenFile() : givenToken,
                found.cluster(),
                found.community());
    }

    private static Optional<Found> ofLab(Path readyFile) throws IOException {
        return ReadyFile.read(readyFile)
                .map(ready ->
                        new Found(
                                ready.admin(),
                                Path.of(ready.ca()),
                                Path.of(ready.tokenFile()),
                                null,
                                ready.snmp().community()));
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }

    private static @Nullable URI uri(@Nullable String text) throws UsageException {
        try {
            return text == null ? null : URI.create(text);
        } catch (IllegalArgumentException bad) {
            throw new UsageException("WEIR_ADMIN: must be https://host:port, is '" + text + "'");
        }
    }
}
