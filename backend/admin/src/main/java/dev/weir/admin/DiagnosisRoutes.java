package dev.weir.admin;

import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.ApiPaths;
import dev.weir.api.Codec;
import dev.weir.api.Page;
import dev.weir.api.PageQuery;
import dev.weir.api.Role;
import dev.weir.api.User;
import dev.weir.api.Words;
import dev.weir.model.Diagnosis;
import dev.weir.model.DiagnosisQuery;
import dev.weir.model.InvalidException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Diagnoses and the bytes they yield.
record DiagnosisRoutes(Realm realm) {
    private static final String CURSOR = "~";
    private static final String ONE = ApiPaths.DIAGNOSES + "/{id}";

    List<Route> routes() {
        return List.of(
                Route.get(ApiPaths.DIAGNOSES, Role.VIEWER, this::list).somewhere(),
                Route.post(ApiPaths.DIAGNOSES, Role.OPERATOR, this::start).somewhere(),
                Route.get(ONE, Role.VIEWER, this::get).somewhere(),
                Route.post(ONE + ":cancel", Role.OPERATOR, this::cancel).somewhere(),
                Route.get(ApiPaths.ARTIFACTS + "/{sha256}", Role.VIEWER, this::artifact)
                        .somewhere());
    }

    private Answer list(Call call) throws RefusedException {
        PageQuery page = call.page();
        DiagnosisQuery.Filter filter =
                new DiagnosisQuery.Filter(
                        clusters(call), call.query("virtualServer").orElse(null), phase(call));
        DiagnosisQuery query =
                new DiagnosisQuery(filter, position(page.cursor()), page.limit() + 1);
        List<Diagnosis> found = realm.diagnoses().list(query);
        if (found.size() <= page.limit()) {
            return Answer.json(new Page<>(found, null));
        }
        List<Diagnosis> part = found.subList(0, page.limit());
        Diagnosis last = part.getLast();
        return Answer.json(new Page<>(part, last.createdAt() + CURSOR + last.id()));
    }

    /// The clusters to look in, or null for all of them.
    private static @Nullable Set<String> clusters(Call call) throws RefusedException {
        Optional<String> wanted = call.query("cluster");
        if (wanted.isPresent()) {
            call.require(Role.VIEWER, wanted.get());
            return Set.of(wanted.get());
        }
        return call.principal().may(Role.VIEWER, User.EVERYWHERE)
                ? null
                : call.principal().clusters();
    }

    private static Diagnosis.@Nullable Phase phase(Call call) throws RefusedException {
        Optional<String> word = call.query("phase");
        if (word.isEmpty()) {
            return null;
        }
        return Words.parse(Diagnosis.Phase.class, word.get())
                .orElseThrow(() ->
                        new RefusedException(
                                Reason.BAD_REQUEST,
                                "phase: must be one of %s, is '%s'"
                                        .formatted(
                                                String.join(", ", Words.all(Diagnosis.Phase.class)),
                                                Call.shortened(word.get()))));
    }

    private static DiagnosisQuery.@Nullable Position position(@Nullable String cursor)
            throws RefusedException {
        if (cursor == null) {
            return null;
        }
        int end = cursor.indexOf(CURSOR);
        try {
            return new DiagnosisQuery.Position(
                    Instant.parse(cursor.substring(0, Math.max(end, 0))),
                    cursor.substring(end + 1));
        } catch (DateTimeParseException malformed) {
            throw new RefusedException(
                    Reason.BAD_REQUEST,
                    "cursor: must be the next of the part before, is '%s'"
                            .formatted(Call.shortened(cursor)));
        }
    }

    private Answer start(Call call) throws RefusedException, InvalidException, IOException {
        Diagnosis.Spec spec = Codec.read(call.json(), Diagnosis.Spec.class, "diagnosis");
        call.require(Role.OPERATOR, spec.cluster() == null ? User.EVERYWHERE : spec.cluster());
        String user = call.principal().name();
        Diagnosis diagnosis = realm.diagnoses().start(id(call, user), spec, user);
        if (!diagnosis.spec().equals(spec)) {
            throw new RefusedException(
                    Reason.KEY_REUSED,
                    "Idempotency-Key: was sent with another diagnosis, %s; take a new key"
                            .formatted(diagnosis.id()));
        }
        return Answer.json(201, diagnosis)
                .with("Location", ApiPaths.DIAGNOSES + "/" + ApiPaths.segment(diagnosis.id()));
    }

    /// One key of one user is one identity, whichever admin is asked and however often it restarts.
    private static String id(Call call, String user) throws RefusedException {
        String key = call.header(ApiPaths.IDEMPOTENCY_HEADER);
        if (key == null) {
            return UUID.randomUUID().toString();
        }
        if (key.isEmpty() || key.length() > 200) {
            throw new RefusedException(
                    Reason.BAD_REQUEST, "Idempotency-Key: must be 1 to 200 characters");
        }
        return UUID.nameUUIDFromBytes((user + "\0" + key).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private Answer get(Call call) throws RefusedException {
        return Answer.json(known(call, Role.VIEWER));
    }

    /// The diagnosis of the path; who may not read its cluster learns nothing of it.
    private Diagnosis known(Call call, Role needed) throws RefusedException {
        Diagnosis found =
                realm.diagnoses()
                        .find(call.parameter("id"))
                        .filter(one -> call.principal().may(Role.VIEWER, one.spec().cluster()))
                        .orElseThrow(() -> missing(call));
        call.require(needed, found.spec().cluster());
        return found;
    }

    private Answer cancel(Call call) throws RefusedException {
        String id = known(call, Role.OPERATOR).id();
        return Answer.json(realm.diagnoses().cancel(id).orElseThrow(() -> missing(call)));
    }

    private static RefusedException missing(Call call) {
        return new RefusedException(
                Reason.NOT_FOUND,
                "diagnosis " + Call.shortened(call.parameter("id")) + ": does not exist");
    }

    private Answer artifact(Call call) throws RefusedException {
        String sha256 = call.parameter("sha256");
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new RefusedException(Reason.BAD_REQUEST, "sha256: must be 64 of 0-9 and a-f");
        }
        // the hash is the name: what has it once been read never changes
        Map<String, String> headers =
                Map.of(
                        "ETag",
                        "\"" + sha256 + "\"",
                        "Cache-Control",
                        "private, max-age=31536000, immutable");
        boolean readable =
                realm.catalog()
                        .holderOf(sha256)
                        .filter(one -> call.principal().may(Role.VIEWER, one.spec().cluster()))
                        .isPresent();
        if (!readable) {
            throw collected(sha256);
        }
        if (call.hasAlready("\"" + sha256 + "\"")) {
            return new Answer.Empty(304, headers);
        }
        Optional<InputStream> bytes;
        try {
            bytes = realm.diagnoses().open(sha256);
        } catch (IOException unreachable) {
            throw new RefusedException(
                    Reason.UNAVAILABLE,
                    "artifact %s: its node cannot be reached (%s)"
                            .formatted(sha256, unreachable.getMessage()));
        }
        return new Answer.Bytes(bytes.orElseThrow(() -> collected(sha256)), headers);
    }

    private static RefusedException collected(String sha256) {
        return new RefusedException(
                Reason.NOT_FOUND, "artifact %s: is not listed or was collected".formatted(sha256));
    }
}
