package dev.weir.console.fake;

import dev.weir.model.Certificate;
import dev.weir.model.Change;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.HealthMonitor;
import dev.weir.model.Metadata;
import dev.weir.model.Node;
import dev.weir.model.Resource;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.model.Secret;
import dev.weir.model.Spec;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The lab's cluster, as the console sees it.
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-11-23T19:30:00Z");

    /// For pay.lab and *.pay.lab, until 2026-12-18.
    public static final String CHAIN =
            """
            -----BEGIN CERTIFICATE-----
            MIIBWzCCAQGgAwIBAgIJAMa/Q2HnAgA2MAoGCCqGSM49BAMDMBIxEDAOBgNVBAMT
            B3BheS5sYWIwHhcNMjUxMjE4MDAwMDAwWhcNMjYxMjE4MDAwMDAwWjASMRAwDgYD
            VQQDEwdwYXkubGFiMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKW4A9IQJ5ttC
            LBxt71fchNSIM1ewfy3hrAfxAzBLFBrof2YOQ9o1dtQ5eNUpXwImfqzHXVwOqk8y
            F2xP5bIj7KNAMD4wHQYDVR0OBBYEFOUDo3JE4/A9Zg+D3Mx/Vtxpq3UFMB0GA1Ud
            EQQWMBSCB3BheS5sYWKCCSoucGF5LmxhYjAKBggqhkjOPQQDAwNIADBFAiAT5ZN2
            9ycKoN8dTe6DapRrSI05WkQdpaI32ljzZV7gewIhAJpg8JuNKFzltd22YSpuwYqr
            FDdN1zzixzhvCDPLxd8x
            -----END CERTIFICATE-----
            """;

    /// For pay.lab, *.pay.lab and pay.example, until 2027-11-20.
    public static final String NEXT_CHAIN =
            """
            -----BEGIN CERTIFICATE-----
            MIIBaDCCAQ6gAwIBAgIJALiGKaWYbRBsMAoGCCqGSM49BAMDMBIxEDAOBgNVBAMT
            B3BheS5sYWIwHhcNMjYxMTIwMDAwMDAwWhcNMjcxMTIwMDAwMDAwWjASMRAwDgYD
            VQQDEwdwYXkubGFiMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEonp/Xmb5vibH
            YMxOcXZf877ooc6gnBgxr8F+BBZcqynfQEklguXh8Zf7fhMP1ELgQaiXCncKaZv1
            VFERb9Jx9qNNMEswHQYDVR0OBBYEFNLUP/s3KRqpCRX2Wge07fO8d5QiMCoGA1Ud
            EQQjMCGCB3BheS5sYWKCCSoucGF5LmxhYoILcGF5LmV4YW1wbGUwCgYIKoZIzj0E
            AwMDSAAwRQIgAfHNezngQVvAXMQLXTn7Bqw8xqfpGpVrfF5JI4E0b6gCIQCMAFSo
            0buCyYOgqFQseagqbch3cP12L44N5MSgUj3YYA==
            -----END CERTIFICATE-----
            """;

    /// What looks like a key; no certificate has it.
    public static final String KEY =
            "-----BEGIN PRIVATE KEY-----\nbm8ga2V5\n-----END PRIVATE KEY-----\n";

    private static int nextIndex = 1;

    private Samples() {}

    public static Configuration lab() {
        nextIndex = 1;
        List<Resource<?>> everything =
                new ArrayList<>(
                        List.of(
                                resource(
                                        "node-1",
                                        new Node(
                                                URI.create("https://127.0.0.1:8444"),
                                                "127.0.0.1:1161"),
                                        38),
                                resource("shop", shop(), 41),
                                resource("pay", pay(), 40),
                                resource("legacy", legacy(), 39),
                                resource("catalog", group(3, 9001), 40),
                                resource("catalog-canary", group(1, 9101), 40),
                                resource("payments", group(2, 9201), 40),
                                resource("lab-tls", certificate(), 38)));
        List<Change> changes =
                everything.stream().map(it -> new Change(it.kind(), it.name(), null, it)).toList();
        return Configuration.of(resource("lab", new Cluster(Engine.EMBEDDED, true), 37), 41)
                .with(changes, 41);
    }

    public static VirtualServer shop() {
        return new VirtualServer(
                "127.0.0.1",
                8080,
                VirtualServer.Protocol.HTTP,
                VirtualServer.AdminState.ENABLED,
                List.of("shop.lab", "*.shop.lab"),
                null,
                List.of(
                        new RouteRule(
                                "api",
                                new RouteMatch(
                                        List.of(),
                                        new RouteMatch.Path(RouteMatch.Path.Type.PREFIX, "/api")),
                                new RouteAction.Forward(
                                        List.of(
                                                new RouteAction.Weighted("catalog", 90),
                                                new RouteAction.Weighted("catalog-canary", 10)))),
                        new RouteRule(
                                "old-shop",
                                new RouteMatch(
                                        List.of("old.shop.lab"),
                                        new RouteMatch.Path(RouteMatch.Path.Type.PREFIX, "/")),
                                new RouteAction.Redirect(
                                        "https", "shop.lab", null, null, 301, false)),
                        new RouteRule(
                                "checkout",
                                new RouteMatch(
                                        List.of(),
                                        new RouteMatch.Path(
                                                RouteMatch.Path.Type.REGEX, "/checkout/[0-9]+")),
                                RouteAction.Forward.to("payments"))),
                "catalog");
    }

    private static VirtualServer pay() {
        return new VirtualServer(
                "127.0.0.1",
                8443,
                VirtualServer.Protocol.HTTPS,
                VirtualServer.AdminState.ENABLED,
                List.of("pay.lab"),
                new VirtualServer.Tls(List.of("lab-tls"), VirtualServer.Tls.Version.TLSV1_2),
                List.of(),
                "payments");
    }

    private static VirtualServer legacy() {
        return new VirtualServer(
                "127.0.0.1",
                8081,
                VirtualServer.Protocol.HTTP,
                VirtualServer.AdminState.DISABLED,
                List.of(),
                null,
                List.of(),
                "catalog");
    }

    private static TargetGroup group(int targets, int firstPort) {
        List<Target> list = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            list.add(
                    new Target(
                            "t" + (i + 1),
                            "127.0.0.1",
                            firstPort + i,
                            i == 2 ? 2 : 1,
                            i == 1 && targets == 3
                                    ? Target.AdminState.DRAIN
                                    : Target.AdminState.ENABLED));
        }
        return new TargetGroup(
                TargetGroup.Algorithm.ROUND_ROBIN,
                new HealthMonitor(
                        "/healthz",
                        null,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        2,
                        3,
                        List.of()),
                Duration.ofSeconds(5),
                list);
    }

    private static Certificate certificate() {
        return new Certificate(CHAIN, new Secret(KEY));
    }

    public static <S extends Spec> Resource<S> resource(String name, S spec, long revision) {
        return Resource.of(
                new Draft<>(name, "", Map.of(), spec),
                new Metadata(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        nextIndex++,
                        revision,
                        NOW.minusSeconds(86_400),
                        "admin",
                        NOW.minusSeconds(3_600),
                        "admin"));
    }
}
