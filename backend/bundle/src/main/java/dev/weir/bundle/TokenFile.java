package dev.weir.bundle;

import dev.weir.admin.Admin;
import dev.weir.admin.store.PrivateFiles;
import dev.weir.api.ApiException;
import dev.weir.api.Connection;
import dev.weir.api.WeirClient;
import dev.weir.model.Secret;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a token of the user `admin` in a file of mode 0600, for the clients on this machine.
final class TokenFile {
    private static final int UNAUTHORIZED = 401;

    private final Path file;
    private final Admin admin;

    TokenFile(Path file, Admin admin) {
        this.file = file;
        this.admin = admin;
    }

    /// The token of the last start, or a new one where the server knows it no more.
    Secret prepare(URI server, String caPem) throws IOException {
        if (Files.exists(file)) {
            Secret kept = new Secret(Files.readString(file).strip());
            try (WeirClient client =
                    new WeirClient(Connection.of(server, caPem, kept, "weir-lab"))) {
                var _ = client.version();
                return kept;
            } catch (ApiException refused) {
                if (refused.status() != UNAUTHORIZED) {
                    throw refused;
                }
            }
        }
        Secret fresh = admin.issueToken("admin", "lab");
        Files.deleteIfExists(file);
        PrivateFiles.write(
                file,
                (fresh.reveal() + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE_NEW);
        return fresh;
    }
}
