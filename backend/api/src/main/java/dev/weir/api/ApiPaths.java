package dev.weir.api;

import dev.weir.model.Kind;

/// The paths and header names of the REST contract, in one place for servers and clients.
public final class ApiPaths {
    public static final String ROOT = "/api/v1";
    public static final String HEALTH = ROOT + "/health";
    public static final String VERSION = ROOT + "/version";
    public static final String LOGIN = ROOT + "/login";
    public static final String USERS = ROOT + "/users";
    public static final String CLUSTERS = ROOT + "/clusters";
    public static final String AUDIT_EVENTS = ROOT + "/audit-events";
    public static final String EVENTS = ROOT + "/events";
    public static final String DIAGNOSES = ROOT + "/diagnoses";
    public static final String ARTIFACTS = ROOT + "/artifacts";
    public static final String OPERATIONS = ROOT + "/operations";
    public static final String OPERATION_SETS = ROOT + "/operation-sets";
    public static final String CREDENTIALS = ROOT + "/credentials";

    /// The agent's own path: Java processes of its machine.
    public static final String JVMS = ROOT + "/jvms";

    /// Why an edit is made; kept with its revision.
    public static final String COMMENT_HEADER = "Weir-Comment";

    /// The revision that a write made, in its answer.
    public static final String REVISION_HEADER = "Weir-Revision";

    public static final String REQUEST_ID_HEADER = "X-Request-Id";
    public static final String IDEMPOTENCY_HEADER = "Idempotency-Key";

    private ApiPaths() {}

    public static String cluster(String cluster) {
        return CLUSTERS + "/" + segment(cluster);
    }

    /// All resources of a kind in a cluster.
    public static String resources(String cluster, Kind kind) {
        return kind == Kind.CLUSTER ? CLUSTERS : cluster(cluster) + "/" + kind.path();
    }

    /// One resource; for the kind cluster the name is the cluster's.
    public static String resource(String cluster, Kind kind, String name) {
        return resources(cluster, kind) + "/" + segment(name);
    }

    public static String targets(String cluster, String targetGroup) {
        return resource(cluster, Kind.TARGET_GROUP, targetGroup) + "/targets";
    }

    public static String target(String cluster, String targetGroup, String target) {
        return targets(cluster, targetGroup) + "/" + segment(target);
    }

    public static String revisions(String cluster) {
        return cluster(cluster) + "/revisions";
    }

    public static String revision(String cluster, long number) {
        return revisions(cluster) + "/" + number;
    }

    public static String user(String name) {
        return USERS + "/" + segment(name);
    }

    public static String tokens(String user) {
        return user(user) + "/tokens";
    }

    public static String rollout(String cluster) {
        return cluster(cluster) + "/rollout";
    }

    /// Percent-encodes one segment (RFC 3986 §3.3), so that no name reaches into another path.
    public static String segment(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if ((character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || "-._~".indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append(String.format("%%%02X", (int) character));
            }
        }
        return encoded.toString();
    }
}
