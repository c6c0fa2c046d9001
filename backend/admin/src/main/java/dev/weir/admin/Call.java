package dev.weir.admin;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.admin.auth.Principal;
import dev.weir.admin.resource.Precondition;
import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.ApiPaths;
import dev.weir.api.Documents;
import dev.weir.api.PageQuery;
import dev.weir.api.Role;
import dev.weir.api.User;
import dev.weir.api.Words;
import dev.weir.model.InvalidException;
import dev.weir.model.Secret;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// One request with the one who asks. Confined to the request's thread.
///
/// @param trail what the audit will say
record Call(ServerRequest request, Principal principal, Trail trail) {
    private static final int MAX_COMMENT = 500;

    String parameter(String name) {
        return request.path().pathParameters().get(name);
    }

    /// The token that the client sent (RFC 6750 §2.1), or empty.
    static Optional<Secret> token(ServerRequest request) {
        String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(new Secret(header.substring(7).strip()))
                : Optional.empty();
    }

    /// Refuses a user who may not do so in this cluster, or not in all of them where it is
    /// [User#EVERYWHERE].
    void require(Role needed, String cluster) throws RefusedException {
        if (!principal.may(needed, cluster)) {
            throw forbidden(
                    needed,
                    cluster.equals(User.EVERYWHERE)
                            ? "everywhere"
                            : "in cluster " + shortened(cluster));
        }
    }

    void requireSomewhere(Role needed) throws RefusedException {
        if (!principal.maySomewhere(needed)) {
            throw forbidden(needed, "in a cluster");
        }
    }

    private RefusedException forbidden(Role needed, String where) {
        return new RefusedException(
                Reason.FORBIDDEN,
                "user %s: may not do this; ask an admin for the role %s %s"
                        .formatted(principal.name(), Words.of(needed), where));
    }

    long number(String name) throws RefusedException {
        return number(name, parameter(name));
    }

    private static long number(String name, String text) throws RefusedException {
        if (!text.matches("\\d{1,18}")) {
            throw new RefusedException(
                    Reason.BAD_REQUEST, name + ": must be a number, is '" + shortened(text) + "'");
        }
        return Long.parseLong(text);
    }

    Optional<String> query(String name) {
        return request.query().first(name).asOptional();
    }

    long queryNumber(String name, long absent) throws RefusedException {
        Optional<String> text = query(name);
        return text.isEmpty() ? absent : number(name, text.get());
    }

    @Nullable String header(String name) {
        return request.headers().first(HeaderNames.create(name)).orElse(null);
    }

    boolean dryRun() throws RefusedException {
        String text = query("dryRun").orElse("false");
        return switch (text) {
            case "true", "" -> true;
            case "false" -> false;
            default ->
                    throw new RefusedException(
                            Reason.BAD_REQUEST,
                            "dryRun: must be true or false, is '" + shortened(text) + "'");
        };
    }

    PageQuery page() throws RefusedException {
        long limit = queryNumber("limit", PageQuery.FIRST.limit());
        if (limit < 1 || limit > PageQuery.MAX_LIMIT) {
            throw new RefusedException(
                    Reason.BAD_REQUEST,
                    "limit: must be between 1 and " + PageQuery.MAX_LIMIT + ", is " + limit);
        }
        return new PageQuery((int) limit, query("cursor").orElse(null), query("labels").orElse(""));
    }

    /// The cursor of lists that are ordered by a falling number.
    long below() throws RefusedException {
        return queryNumber("cursor", Long.MAX_VALUE);
    }

    /// What the headers ask of a resource that is to be replaced or deleted.
    Precondition precondition() throws RefusedException {
        String ifMatch = header("If-Match");
        if (ifMatch != null && ifMatch.startsWith("W/")) {
            ifMatch = ifMatch.substring(2);
        }
        String ifNoneMatch = header("If-None-Match");
        if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
            throw new RefusedException(
                    Reason.BAD_REQUEST, "If-None-Match: must be * on a write; remove it or send *");
        }
        return new Precondition.Headers(ifMatch, ifNoneMatch != null, !dryRun());
    }

    /// Whether the reader says to have what has this strong tag (RFC 9110 §13.1.2).
    boolean hasAlready(String etag) {
        for (String tag : request.headers().values(HeaderNames.IF_NONE_MATCH)) {
            for (String one : tag.split(",", -1)) {
                String strong =
                        one.strip().startsWith("W/") ? one.strip().substring(2) : one.strip();
                if (strong.equals(etag) || strong.equals("*")) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Why the write is made, from the header (percent-encoded UTF-8) or the query.
    String comment() throws RefusedException {
        String header = header(ApiPaths.COMMENT_HEADER);
        String comment = query("comment").orElse("");
        if (header != null) {
            try {
                comment = URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notEncoded) {
                comment = header;
            }
        }
        if (comment.length() > MAX_COMMENT) {
            throw new RefusedException(
                    Reason.BAD_REQUEST, "comment: must be at most " + MAX_COMMENT + " characters");
        }
        return comment;
    }

    JsonNode json() throws RefusedException, IOException {
        byte[] body = body();
        try {
            return Documents.STANDARD.json(body);
        } catch (InvalidException malformed) {
            throw malformed(malformed);
        }
    }

    /// The documents of a body in YAML or JSON; a list counts as its elements.
    List<JsonNode> documents() throws RefusedException, IOException {
        byte[] body = body();
        try {
            String type = header("Content-Type");
            List<JsonNode> read =
                    type != null && type.startsWith("application/json")
                            ? List.of(Documents.STANDARD.json(body))
                            : Documents.STANDARD.yaml(body);
            if (read.size() == 1 && read.getFirst().isArray()) {
                return read.getFirst().valueStream().toList();
            }
            return read;
        } catch (InvalidException malformed) {
            throw malformed(malformed);
        }
    }

    private byte[] body() throws RefusedException, IOException {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try {
            return Documents.STANDARD.bounded(request.content().inputStream());
        } catch (InvalidException tooLarge) {
            throw new RefusedException(
                    Reason.TOO_LARGE, "body: " + tooLarge.problems().getFirst().message());
        }
    }

    private static RefusedException malformed(InvalidException malformed) {
        return new RefusedException(
                Reason.BAD_REQUEST, "body: cannot be read", malformed.problems());
    }

    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
