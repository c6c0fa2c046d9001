package dev.weir.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.ApiPaths;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.Page;
import dev.weir.api.Role;
import dev.weir.model.Credential;
import dev.weir.model.InvalidException;
import dev.weir.model.Operation;
import dev.weir.model.OperationSet;
import dev.weir.model.Problem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What diagnoses are made of: operations, operation sets and credentials.
record CatalogRoutes(Realm realm) {

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        reads(routes, ApiPaths.OPERATIONS, () -> realm.catalog().operations());
        reads(routes, ApiPaths.OPERATION_SETS, () -> realm.catalog().operationSets());
        reads(routes, ApiPaths.CREDENTIALS, () -> realm.catalog().credentials());
        routes.add(Route.put(one(ApiPaths.OPERATIONS), Role.EDITOR, this::putOperation));
        routes.add(Route.put(one(ApiPaths.OPERATION_SETS), Role.EDITOR, this::putSet));
        routes.add(Route.put(one(ApiPaths.CREDENTIALS), Role.ADMIN, this::putCredential));
        routes.add(Route.delete(one(ApiPaths.OPERATIONS), Role.EDITOR, this::deleteOperation));
        routes.add(
                Route.delete(
                        one(ApiPaths.OPERATION_SETS),
                        Role.EDITOR,
                        call -> {
                            mayWrite(call, realm.catalog().operationSets().get(name(call)));
                            return deleted(realm.catalog().deleteOperationSet(name(call)), call);
                        }));
        routes.add(
                Route.delete(
                        one(ApiPaths.CREDENTIALS),
                        Role.ADMIN,
                        call -> {
                            mayWrite(call, realm.catalog().credentials().get(name(call)));
                            return deleted(realm.catalog().deleteCredential(name(call)), call);
                        }));
        return routes;
    }

    private static void reads(
            List<Route> routes, String path, Supplier<Map<String, ? extends Record>> all) {
        routes.add(
                Route.get(
                                path,
                                Role.VIEWER,
                                call ->
                                        Answer.json(
                                                new Page<>(List.copyOf(all.get().values()), null)))
                        .somewhere());
        routes.add(
                Route.get(
                                one(path),
                                Role.VIEWER,
                                call -> {
                                    Record found = all.get().get(name(call));
                                    if (found == null) {
                                        throw missing(call);
                                    }
                                    return tagged(200, found);
                                })
                        .somewhere());
    }

    private Answer putOperation(Call call) throws RefusedException, InvalidException, IOException {
        Operation operation = Codec.read(named(call), Operation.class, "operation");
        valid("operation " + operation.name(), call, operation.name(), operation.problems());
        boolean created = mayWrite(call, realm.catalog().operations().get(operation.name()));
        realm.catalog().put(operation);
        return tagged(created ? 201 : 200, operation);
    }

    private Answer putSet(Call call) throws RefusedException, InvalidException, IOException {
        OperationSet set = Codec.read(named(call), OperationSet.class, "operation set");
        valid(
                "operation set " + set.name(),
                call,
                set.name(),
                set.problems(realm.catalog().operations()));
        boolean created = mayWrite(call, realm.catalog().operationSets().get(set.name()));
        realm.catalog().put(set);
        return tagged(created ? 201 : 200, set);
    }

    /// A credential without token keeps the stored one.
    private Answer putCredential(Call call) throws RefusedException, InvalidException, IOException {
        Credential given = Codec.read(named(call), Credential.class, "credential");
        Credential stored = realm.catalog().credentials().get(given.name());
        Credential credential =
                given.token() != null || stored == null
                        ? given
                        : new Credential(
                                given.name(), given.caPem(), stored.token(), given.origins());
        valid("credential " + given.name(), call, given.name(), credential.problems());
        boolean created = mayWrite(call, stored);
        realm.catalog().put(credential);
        return tagged(created ? 201 : 200, credential);
    }

    private Answer deleteOperation(Call call) throws RefusedException {
        List<String> users =
                realm.catalog().operationSets().values().stream()
                        .filter(set ->
                                set.steps().stream()
                                        .anyMatch(step -> step.operation().equals(name(call))))
                        .map(OperationSet::name)
                        .toList();
        if (!users.isEmpty()) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "operation %s: is used by operation set %s; take it out of there first"
                            .formatted(name(call), String.join(", ", users)));
        }
        mayWrite(call, realm.catalog().operations().get(name(call)));
        return deleted(realm.catalog().deleteOperation(name(call)), call);
    }

    /// Checks the tags of the headers; answers whether there was nothing before.
    private static boolean mayWrite(Call call, @Nullable Record before) throws RefusedException {
        String ifMatch = call.header("If-Match");
        if (before == null) {
            if (ifMatch != null) {
                throw new RefusedException(
                        Reason.PRECONDITION_FAILED,
                        name(call) + ": no longer exists; create it without If-Match");
            }
            return true;
        }
        if (call.header("If-None-Match") != null) {
            throw new RefusedException(
                    Reason.PRECONDITION_FAILED,
                    name(call) + ": exists already; choose another name or send If-Match");
        }
        String etag = etag(before);
        if (ifMatch == null) {
            throw new RefusedException(
                    Reason.PRECONDITION_REQUIRED,
                    "%s: exists already; send If-Match: %s to replace or delete it"
                            .formatted(name(call), etag));
        }
        if (!ifMatch.equals(etag) && !ifMatch.equals("*")) {
            throw new RefusedException(
                    Reason.PRECONDITION_FAILED,
                    name(call) + ": was changed by someone else; read it again");
        }
        return false;
    }

    private static Answer tagged(int status, Record record) {
        return Answer.json(status, record).with("ETag", etag(record));
    }

    /// The hash of what a reader sees.
    private static String etag(Record record) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(Documents.toJson(Codec.write(record)));
            return "\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode named(Call call) throws RefusedException, IOException {
        JsonNode body = call.json();
        if (body instanceof ObjectNode object && !object.has("name")) {
            object.put("name", name(call));
        }
        return body;
    }

    private static void valid(String object, Call call, String name, List<Problem> problems)
            throws InvalidException {
        List<Problem> all = new ArrayList<>(problems);
        if (!name.equals(name(call))) {
            all.add(new Problem("name", "must be the name in the path"));
        }
        if (!all.isEmpty()) {
            throw new InvalidException(object, all);
        }
    }

    private static Answer deleted(boolean wasThere, Call call) throws RefusedException {
        if (!wasThere) {
            throw missing(call);
        }
        return new Answer.Empty(204, Map.of());
    }

    private static RefusedException missing(Call call) {
        return new RefusedException(
                Reason.NOT_FOUND,
                Call.shortened(call.request().path().rawPath()) + ": does not exist");
    }

    private static String one(String path) {
        return path + "/{name}";
    }

    private static String name(Call call) {
        return call.parameter("name");
    }
}
