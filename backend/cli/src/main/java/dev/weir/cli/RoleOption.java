package dev.weir.cli;

import dev.weir.api.Role;
import dev.weir.api.User;
import dev.weir.api.Words;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The roles of a user as they are typed and shown: `viewer,lab=editor`.
final class RoleOption {
    @Option(
            names = {"-r", "--role"},
            required = true,
            split = ",",
            paramLabel = "[CLUSTER=]ROLE",
            completionCandidates = Candidates.class,
            description =
                    "viewer, operator, editor, admin or agent; everywhere where no cluster is"
                            + " named. Several times, or with commas, for several clusters.")
    private List<String> given = List.of();

    /// The roles, for completion.
    static final class Candidates extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Candidates() {
            super(Words.all(Role.class));
        }
    }

    /// By cluster, as in [User].
    Map<String, Role> get() throws UsageException {
        Map<String, Role> roles = new TreeMap<>();
        for (String text : given) {
            int equals = text.indexOf('=');
            String cluster = equals < 0 ? User.EVERYWHERE : text.substring(0, equals);
            if (roles.put(cluster, Choice.of(Role.class, "role", text.substring(equals + 1)))
                    != null) {
                throw new UsageException("--role " + text + ": names this cluster a second time");
            }
        }
        return roles;
    }

    /// The text that is read back as these roles.
    static String text(Map<String, Role> roles) {
        return new TreeMap<>(roles)
                .entrySet().stream()
                        .map(role ->
                                (role.getKey().equals(User.EVERYWHERE) ? "" : role.getKey() + "=")
                                        + Words.of(role.getValue()))
                        .collect(Collectors.joining(","));
    }
}
