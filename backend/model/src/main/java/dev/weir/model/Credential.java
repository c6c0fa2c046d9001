package dev.weir.model;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/// What a protected diagnosis target wants to see; stored encrypted, its token write-only.
///
/// @param caPem certificates of the authority to trust for the target, or null for the platform's
/// @param token bearer token, or null
/// @param origins `https://host:port` that the token may be sent to; never any other, never over
///   plain http
public record Credential(
        String name, @Nullable String caPem, @Nullable Secret token, List<String> origins) {

    public Credential {
        origins = origins == null ? List.of() : List.copyOf(origins);
    }

    /// Every problem of the credential by itself.
    public List<Problem> problems() {
        Problems problems =
                new Problems()
                        .under("", Names.problems("name", name == null ? "" : name))
                        .require(
                                token == null || !origins.isEmpty(),
                                "origins",
                                "must name where the token may be sent, such as https://10.0.0.7:6443");
        for (int i = 0; i < origins.size(); i++) {
            problems.require(
                    isOrigin(origins.get(i)),
                    "origins[" + i + "]",
                    "must be https://host:port, is '" + origins.get(i) + "'");
        }
        return problems.list();
    }

    private static boolean isOrigin(String origin) {
        try {
            URI uri = URI.create(origin);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && (uri.getRawPath() == null || uri.getRawPath().isEmpty())
                    && uri.getRawQuery() == null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
