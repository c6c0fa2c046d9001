package dev.weir.admin;

import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.ApiPaths;
import dev.weir.api.Codec;
import dev.weir.api.Page;
import dev.weir.api.Role;
import dev.weir.model.Diagnosis;
import dev.weir.model.InvalidException;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Diagnoses and the bytes they yield.
record DiagnosisRoutes(Realm realm, ReentrantLock starting) {
    private static final String ONE = ApiPaths.DIAGNOSES + "/{id}";

    List<Route> routes() {
        return List.of(
                Route.get(ApiPaths.DIAGNOSES, Role.VIEWER, this::list),
                Route.post(ApiPaths.DIAGNOSES, Role.OPERATOR, this::start),
                Route.get(ONE, Role.VIEWER, this::get),
                Route.post(ONE + ":cancel", Role.OPERATOR, this::cancel),
                Route.get(ApiPaths.ARTIFACTS + "/{sha256}", Role.VIEWER, this::artifact));
    }

    private Answer list(Call call) throws RefusedException {
        return Answer.json(new Page<>(realm.diagnoses().newest(call.page().limit()), null));
    }

    private Answer start(Call call) throws RefusedException, InvalidException, IOException {
        Diagnosis.Spec spec = Codec.read(call.json(), Diagnosis.Spec.class, "diagnosis");
        String user = call.principal().name();
        String key = call.header(ApiPaths.IDEMPOTENCY_HEADER);
        if (key == null) {
            return started(realm.diagnoses().start(spec, user));
        }
        if (key.isEmpty() || key.length() > 200) {
            throw new RefusedException(
                    Reason.BAD_REQUEST, "Idempotency-Key: must be 1 to 200 characters");
        }
        starting.lock();
        try {
            Optional<Diagnosis> before =
                    realm.catalog().startedWith(user, key).flatMap(id -> find(id));
            if (before.isPresent()) {
                return started(before.get());
            }
            Diagnosis diagnosis = realm.diagnoses().start(spec, user);
            realm.catalog().remember(user, key, diagnosis.id());
            return started(diagnosis);
        } finally {
            starting.unlock();
        }
    }

    private Optional<Diagnosis> find(String id) {
        return Optional.ofNullable(realm.runs().get()).flatMap(runs -> runs.find(id));
    }

    private static Answer started(Diagnosis diagnosis) {
        return Answer.json(201, diagnosis)
                .with("Location", ApiPaths.DIAGNOSES + "/" + ApiPaths.segment(diagnosis.id()));
    }

    private Answer get(Call call) throws RefusedException {
        return Answer.json(
                realm.diagnoses().find(call.parameter("id")).orElseThrow(() -> missing(call)));
    }

    private Answer cancel(Call call) throws RefusedException {
        return Answer.json(
                realm.diagnoses().cancel(call.parameter("id")).orElseThrow(() -> missing(call)));
    }

    private static RefusedException missing(Call call) {
        return new RefusedException(
                Reason.NOT_FOUND,
                "diagnosis " + Call.shortened(call.parameter("id")) + ": does not exist");
    }

    private Answer artifact(Call call) throws RefusedException {
        String sha256 = call.parameter("sha256");
        String etag = "\"" + sha256 + "\"";
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new RefusedException(Reason.BAD_REQUEST, "sha256: must be 64 of 0-9 and a-f");
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
        return new Answer.Bytes(
                bytes.orElseThrow(() ->
                        new RefusedException(
                                Reason.NOT_FOUND,
                                "artifact %s: is not listed or was collected".formatted(sha256))),
                Map.of("ETag", etag));
    }
}
