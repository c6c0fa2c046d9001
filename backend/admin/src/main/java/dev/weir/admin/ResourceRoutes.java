package dev.weir.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.weir.admin.resource.Edit;
import dev.weir.admin.resource.Outcome;
import dev.weir.admin.resource.Precondition;
import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.ApiPaths;
import dev.weir.api.Codec;
import dev.weir.api.Page;
import dev.weir.api.PageQuery;
import dev.weir.api.ResourceView;
import dev.weir.api.Role;
import dev.weir.model.Change;
import dev.weir.model.Configuration;
import dev.weir.model.Draft;
import dev.weir.model.InvalidException;
import dev.weir.model.Kind;
import dev.weir.model.Problem;
import dev.weir.model.Reference;
import dev.weir.model.Resource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/// Clusters and what is in them, one resource at a time.
record ResourceRoutes(Realm realm) {
    static final String CLUSTER = ApiPaths.CLUSTERS + "/{cluster}";

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get(ApiPaths.CLUSTERS, Role.VIEWER, this::listClusters).somewhere());
        routes.add(Route.post(ApiPaths.CLUSTERS, Role.ADMIN, this::createCluster));
        routes.add(Route.get(CLUSTER, Role.AGENT, call -> get(call, Kind.CLUSTER)));
        routes.add(Route.put(CLUSTER, Role.ADMIN, call -> put(call, Kind.CLUSTER)));
        routes.add(Route.delete(CLUSTER, Role.ADMIN, this::deleteCluster));
        for (Kind kind : Kind.values()) {
            if (kind != Kind.CLUSTER) {
                String all = CLUSTER + "/" + kind.path();
                String one = all + "/{name}";
                routes.add(Route.get(all, readRole(kind), call -> list(call, kind)));
                routes.add(Route.get(one, readRole(kind), call -> get(call, kind)));
                routes.add(Route.put(one, Role.EDITOR, call -> put(call, kind)));
                routes.add(Route.delete(one, Role.EDITOR, call -> delete(call, kind)));
            }
        }
        return routes;
    }

    /// An agent reads what it counts and names: no certificates.
    private static Role readRole(Kind kind) {
        return switch (kind) {
            case CLUSTER, CERTIFICATE -> Role.VIEWER;
            case NODE, VIRTUAL_SERVER, TARGET_GROUP -> Role.AGENT;
        };
    }

    private Answer listClusters(Call call) throws RefusedException {
        TreeMap<String, Configuration> clusters = new TreeMap<>();
        for (String name : realm.ledger().clusters()) {
            if (call.principal().may(Role.VIEWER, name)) {
                realm.ledger().current(name).ifPresent(found -> clusters.put(name, found));
            }
        }
        SortedMap<String, Resource<?>> resources = new TreeMap<>();
        clusters.forEach((name, configuration) -> resources.put(name, configuration.cluster()));
        Page<Resource<?>> page = Listing.page(resources, call.page());
        return Answer.json(page.map(cluster -> new ResourceView(cluster, null)));
    }

    private Answer list(Call call, Kind kind) throws RefusedException {
        Configuration configuration = realm.configuration(call.parameter("cluster"));
        StatusJoin status = realm.status(configuration);
        PageQuery query = call.page();
        return Answer.json(Listing.page(configuration.all(kind), query).map(status::view));
    }

    private Answer get(Call call, Kind kind) throws RefusedException {
        Configuration configuration = realm.configuration(call.parameter("cluster"));
        return answer(configuration, new Reference(kind, name(call, kind)), 200);
    }

    private static String name(Call call, Kind kind) {
        return call.parameter(kind == Kind.CLUSTER ? "cluster" : "name");
    }

    private Answer.Json answer(Configuration configuration, Reference object, int status)
            throws RefusedException {
        Resource<?> resource =
                configuration
                        .find(object.kind(), object.name())
                        .orElseThrow(() ->
                                new RefusedException(
                                        Reason.NOT_FOUND,
                                        object.kind().words()
                                                + " "
                                                + Call.shortened(object.name())
                                                + ": does not exist"));
        ResourceView view = realm.status(configuration).view(resource);
        return Answer.json(status, view).with("ETag", view.etag());
    }

    private Answer createCluster(Call call) throws RefusedException, InvalidException, IOException {
        Draft<?> draft = draft(call.json(), Kind.CLUSTER, null);
        Edit.Put step = new Edit.Put(draft, new Precondition.Headers(null, true, true));
        return write(call, draft.name(), step);
    }

    private Answer put(Call call, Kind kind)
            throws RefusedException, InvalidException, IOException {
        Draft<?> draft = draft(call.json(), kind, name(call, kind));
        return write(call, call.parameter("cluster"), new Edit.Put(draft, call.precondition()));
    }

    /// The document, whose kind and name may be left to the path.
    private static Draft<?> draft(JsonNode body, Kind kind, @Nullable String name)
            throws InvalidException {
        if (body instanceof ObjectNode object) {
            if (!object.has("kind")) {
                object.put("kind", kind.document());
            }
            if (!object.has("name") && name != null) {
                object.put("name", name);
            }
        }
        Draft<?> draft = Codec.readDraft(body);
        List<Problem> problems = new ArrayList<>();
        if (draft.kind() != kind) {
            problems.add(new Problem("kind", "must be " + kind.document() + " as in the path"));
        }
        if (name != null && !draft.name().equals(name)) {
            problems.add(
                    new Problem(
                            "name",
                            "must be '%s' as in the path; a resource cannot be renamed"
                                    .formatted(Call.shortened(name))));
        }
        if (!problems.isEmpty()) {
            throw new InvalidException(kind.words() + " " + draft.name(), problems);
        }
        return draft;
    }

    private Answer write(Call call, String cluster, Edit.Step step) throws RefusedException {
        Edit edit = edit(call, cluster, Edit.of(List.of(step)), ResourceRoutes::written);
        Outcome outcome = realm.commit(call, edit);
        Configuration after = outcome.configuration();
        if (edit.dryRun() || after == null) {
            return Answer.json(outcome.toResult());
        }
        return answer(after, step.object(), written(outcome.changes())).at(outcome.revision());
    }

    private static int written(List<Change> changes) {
        return changes.stream().map(Change::before).anyMatch(before -> before == null) ? 201 : 200;
    }

    /// An edit in the name of the one who asks.
    ///
    /// @param status what is answered where these changes were made
    static Edit edit(Call call, String cluster, Edit.Plan plan, ToIntFunction<List<Change>> status)
            throws RefusedException {
        return new Edit(
                cluster,
                plan,
                call.principal().name(),
                call.comment(),
                call.dryRun(),
                revision ->
                        call.trail()
                                .event(
                                        revision.time(),
                                        revision.number(),
                                        status.applyAsInt(revision.changes())));
    }

    private Answer delete(Call call, Kind kind) throws RefusedException {
        Reference object = new Reference(kind, call.parameter("name"));
        Edit.Step step = new Edit.Delete(object, call.precondition());
        return delete(call, Edit.of(List.of(step)));
    }

    private Answer deleteCluster(Call call) throws RefusedException {
        Precondition precondition = call.precondition();
        return delete(call, current -> current == null ? List.of() : all(current, precondition));
    }

    private Answer delete(Call call, Edit.Plan plan) throws RefusedException {
        Outcome outcome =
                realm.commit(call, edit(call, call.parameter("cluster"), plan, changes -> 204));
        return outcome.dryRun()
                ? Answer.json(outcome.toResult())
                : new Answer.Empty(
                        204, Map.of(ApiPaths.REVISION_HEADER, Long.toString(outcome.revision())));
    }

    private static List<Edit.Step> all(Configuration current, Precondition ofCluster) {
        List<Edit.Step> steps = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (String name : current.all(kind).keySet()) {
                steps.add(
                        new Edit.Delete(
                                new Reference(kind, name),
                                kind == Kind.CLUSTER ? ofCluster : Precondition.NONE));
            }
        }
        return steps;
    }
}
