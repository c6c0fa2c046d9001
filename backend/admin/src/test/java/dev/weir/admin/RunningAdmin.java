package dev.weir.admin;

import dev.weir.admin.auth.Identity;
import dev.weir.api.Connection;
import dev.weir.api.Role;
import dev.weir.api.WeirClient;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// An admin with its server on a free port of loopback, and clients of each role.
record RunningAdmin(Admin admin, AdminServer server) implements AutoCloseable {

    static RunningAdmin start(Path directory) throws IOException {
        return start(directory, EventHub.Limits.DEFAULT);
    }

    static RunningAdmin start(Path directory, EventHub.Limits limits) throws IOException {
        return start(directory, limits, InstantSource.system());
    }

    static RunningAdmin start(Path directory, EventHub.Limits limits, InstantSource clock)
            throws IOException {
        Admin admin = Admin.open(directory, clock, new SecureRandom());
        Identity identity = admin.authority().issue("admin", List.of("127.0.0.1", "localhost"));
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        return new RunningAdmin(
                admin, admin.server(new Binding(loopback, 0, identity), limits).start());
    }

    WeirClient client() {
        return client("admin", Role.ADMIN);
    }

    WeirClient client(String user, Role role) {
        if (!user.equals("admin")) {
            var _ = admin.createUser(user, role, new Secret("secret of " + user)); // or has it
        }
        return new WeirClient(connection(admin.issueToken(user, "test")));
    }

    Connection connection(@Nullable Secret token) {
        return connection(server.port(), token);
    }

    /// Another way to the same server.
    Connection connection(int port, @Nullable Secret token) {
        return Connection.of(
                URI.create("https://127.0.0.1:" + port),
                admin.authority().certificatePem(),
                token,
                "weirctl/test");
    }

    @Override
    public void close() {
        server.close();
        admin.close();
    }
}
