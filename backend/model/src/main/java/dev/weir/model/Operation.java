package dev.weir.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A named act of diagnosis that an agent can carry out.
///
/// @param parameters defaults that a step or a diagnosis may override; keys are those of the type
/// @param timeout after which the agent gives the act up, 1 s to 1 h; 2 min where absent
public record Operation(
        String name,
        String description,
        Type type,
        Map<String, String> parameters,
        Duration timeout) {

    /// What the agent does.
    public enum Type {
        /// Fetches a profile from a Go program's `/debug/pprof`: `url`, `profile` (cpu, heap,
        /// goroutine), `seconds`.
        GO_PROFILE,
        /// Records JFR in a JVM of the node: `pid` (a number, or `self` for the agent's own JVM),
        /// `seconds`.
        JVM_PROFILE,
        /// Profiles the proxy in use on the node, by whatever its engine offers: `profile` (cpu,
        /// heap), `seconds`.
        PROXY_PROFILE;

        /// The parameter names this type knows; others are refused.
        public List<String> parameters() {
            return switch (this) {
                case GO_PROFILE -> List.of("url", "profile", "seconds");
                case JVM_PROFILE -> List.of("pid", "seconds");
                case PROXY_PROFILE -> List.of("profile", "seconds");
            };
        }
    }

    public Operation {
        description = description == null ? "" : description;
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        timeout = timeout == null ? Duration.ofMinutes(2) : timeout;
    }

    /// Every problem of the operation by itself.
    public List<Problem> problems() {
        Problems problems =
                new Problems()
                        .under("", Names.problems("name", name == null ? "" : name))
                        .require(
                                type != null,
                                "type",
                                "must be goProfile, jvmProfile or proxyProfile")
                        .range("timeout", timeout.toSeconds(), 1, 3600);
        if (type != null) {
            problems.under("parameters", Parameters.problems(type, parameters));
        }
        return problems.list();
    }
}
