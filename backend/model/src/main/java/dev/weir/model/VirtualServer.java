package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// An address and port that clients connect to, and the rules that send their requests on.
///
/// @param address an IPv4 or IPv6 address of the nodes; `0.0.0.0` or `::` for all
/// @param adminState disabled virtual servers do not listen
/// @param hostnames hosts served here; empty means every host
/// @param tls required where the protocol is HTTPS, absent where it is HTTP
/// @param rules tried in order; the first that matches decides
/// @param defaultTargetGroup serves what no rule matches; without it such a request is answered 404
public record VirtualServer(
        String address,
        int port,
        Protocol protocol,
        AdminState adminState,
        List<String> hostnames,
        @Nullable Tls tls,
        List<RouteRule> rules,
        @Nullable String defaultTargetGroup)
        implements Spec {
    private static final int MAX_RULES = 1000;

    /// What is spoken on the listening port.
    public enum Protocol {
        HTTP,
        HTTPS
    }

    /// Whether the virtual server listens.
    public enum AdminState {
        ENABLED,
        DISABLED
    }

    /// Termination of TLS.
    ///
    /// @param certificates names of certificate resources; chosen by SNI, the first is the default
    /// @param minVersion the lowest version offered
    public record Tls(List<String> certificates, Version minVersion) {
        public Tls {
            certificates = certificates == null ? List.of() : List.copyOf(certificates);
            minVersion = minVersion == null ? Version.TLSV1_2 : minVersion;
        }

        /// A version of TLS (RFC 5246, RFC 8446).
        public enum Version {
            TLSV1_2,
            TLSV1_3
        }
    }

    public VirtualServer {
        address = address == null ? "0.0.0.0" : address;
        protocol = protocol == null ? Protocol.HTTP : protocol;
        adminState = adminState == null ? AdminState.ENABLED : adminState;
        hostnames = hostnames == null ? List.of() : List.copyOf(hostnames);
        rules = rules == null ? List.of() : List.copyOf(rules);
    }

    @Override
    public Kind kind() {
        return Kind.VIRTUAL_SERVER;
    }

    /// The target groups and certificates that it names, whether or not they are there: those of
    /// the rules in their order, then the default, then the certificates.
    public Set<Reference> uses() {
        Set<Reference> uses = new LinkedHashSet<>();
        for (RouteRule rule : rules) {
            if (rule.action() instanceof RouteAction.Forward(var groups)) {
                groups.forEach(
                        group -> uses.add(new Reference(Kind.TARGET_GROUP, group.targetGroup())));
            }
        }
        if (defaultTargetGroup != null) {
            uses.add(new Reference(Kind.TARGET_GROUP, defaultTargetGroup));
        }
        if (tls != null) {
            tls.certificates().forEach(name -> uses.add(new Reference(Kind.CERTIFICATE, name)));
        }
        return uses;
    }

    @Override
    public List<Problem> problems() {
        Problems problems =
                new Problems()
                        .require(
                                Addresses.isLiteral(address),
                                "address",
                                "must be an IPv4 or IPv6 address, is '" + address + "'")
                        .range("port", port, 1, 65535)
                        .require(
                                protocol != Protocol.HTTPS
                                        || (tls != null && !tls.certificates().isEmpty()),
                                "tls.certificates",
                                "must name a certificate where protocol is HTTPS")
                        .require(
                                protocol != Protocol.HTTP || tls == null,
                                "tls",
                                "must be absent where protocol is HTTP; set protocol to HTTPS or remove tls")
                        .require(
                                rules.size() <= MAX_RULES,
                                "rules",
                                "must be at most " + MAX_RULES + ", are " + rules.size());
        for (int i = 0; i < hostnames.size(); i++) {
            problems.require(
                    Names.isHostPattern(hostnames.get(i)),
                    "hostnames[" + i + "]",
                    "must be a host name, *.suffix or *, is '" + hostnames.get(i) + "'");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            RouteRule rule = rules.get(i);
            problems.under("rules[" + i + "]", rule.problems());
            problems.require(
                    names.add(rule.name()),
                    "rules[" + i + "].name",
                    "must be unique, '" + rule.name() + "' is used twice");
        }
        return problems.list();
    }
}
