package dev.weir.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Configuration;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.testkit.InMemoryRevisions;
import dev.weir.testkit.SampleSpecs;
import dev.weir.xds.Rejected;
import dev.weir.xds.XdsKey;
import dev.weir.xds.XdsType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// Words of Envoy 1.40 and of the embedded engine, and the field they are about.
class RejectedFieldTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    LISTENER | vs/1: cannot bind '127.0.0.1:80': Address already in use | spec.port
                    LISTENER | vs/1: address: bind(..) failed: Address already in use   | spec.port
                    LISTENER | error adding listener: 'vs/1' has duplicate address      | spec.port
                    LISTENER | ListenerValidationError.Address: PortValue: must be <= 65535 | spec.port
                    LISTENER | malformed IP address: 300.0.0.1                          | spec.address
                    LISTENER | filter_chains[0].transport_socket: Failed to load TLS    | spec.tls
                    LISTENER | something else                                           | ''
                    ROUTE    | invalid perl operator: (?=                               | spec.rules[2].match.path.value
                    ROUTE    | missing ): /(x                                           | spec.rules[1].match.path.value
                    ROUTE    | Only unique values for domains are permitted             | spec.hostnames
                    ROUTE    | something else                                           | ''
                    CLUSTER  | ClusterValidationError.ConnectTimeout: must be > 0s      | spec.connectTimeout
                    CLUSTER  | health_checks[0].timeout: must be positive               | spec.healthMonitor
                    ENDPOINT | malformed IP address: 127.0.0.1                          | spec.targets[0].address
                    SECRET   | Failed to load certificate chain from <inline>           | spec.chainPem
                    SECRET   | Failed to load private key from <inline>                 | spec.privateKey
                    """)
    void findsTheFieldInTheEnginesWords(XdsType type, String words, String field) {
        InMemoryRevisions declared = new InMemoryRevisions("edge", Engine.ENVOY);
        declared.put("pool", SampleSpecs.group(1));
        declared.put(
                "shop",
                SampleSpecs.http(
                        80,
                        "pool",
                        SampleSpecs.rule("p", List.of(), "/", "pool"),
                        expression("a", "/(x"),
                        expression("b", "/(?=y)")));
        Configuration now = declared.now();
        Kind kind =
                switch (type) {
                    case LISTENER, ROUTE -> Kind.VIRTUAL_SERVER;
                    case CLUSTER, ENDPOINT -> Kind.TARGET_GROUP;
                    case SECRET -> Kind.CERTIFICATE;
                };
        String name = kind == Kind.VIRTUAL_SERVER ? "shop" : "pool";
        Rejected rejected =
                new Rejected(new XdsKey(type, "x"), new Reference(kind, name), 1, "v", words, 0);

        assertThat(RejectedField.of(rejected, now)).isEqualTo(field);
    }

    private static RouteRule expression(String name, String value) {
        return new RouteRule(
                name,
                new RouteMatch(List.of(), new RouteMatch.Path(RouteMatch.Path.Type.REGEX, value)),
                RouteAction.Forward.to("pool"));
    }
}
