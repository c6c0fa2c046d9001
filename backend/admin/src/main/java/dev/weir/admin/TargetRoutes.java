package dev.weir.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.weir.admin.resource.Edit;
import dev.weir.admin.resource.Outcome;
import dev.weir.admin.resource.Precondition;
import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.Codec;
import dev.weir.api.Page;
import dev.weir.api.ResourceView;
import dev.weir.api.Role;
import dev.weir.api.Versioned;
import dev.weir.model.Configuration;
import dev.weir.model.Draft;
import dev.weir.model.InvalidException;
import dev.weir.model.Kind;
import dev.weir.model.Problem;
import dev.weir.model.Resource;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Targets of a group, one at a time; the tag of a target is that of its group.
record TargetRoutes(Realm realm) {
    private static final String ALL = ResourceRoutes.CLUSTER + "/target-groups/{name}/targets";
    private static final String ONE = ALL + "/{target}";

    List<Route> routes() {
        return List.of(
                Route.get(ALL, Role.VIEWER, this::list),
                Route.get(ONE, Role.VIEWER, this::get),
                Route.put(ONE, Role.EDITOR, this::put),
                Route.delete(ONE, Role.EDITOR, this::delete),
                Route.post(
                        ONE + ":drain", Role.OPERATOR, call -> set(call, Target.AdminState.DRAIN)),
                Route.post(
                        ONE + ":enable",
                        Role.OPERATOR,
                        call -> set(call, Target.AdminState.ENABLED)),
                Route.post(
                        ONE + ":offline",
                        Role.OPERATOR,
                        call -> set(call, Target.AdminState.OFFLINE)));
    }

    private Answer list(Call call) throws RefusedException {
        Resource<TargetGroup> group = group(call, realm.configuration(call.parameter("cluster")));
        return Answer.json(new Page<>(group.spec().targets(), null))
                .with("ETag", Versioned.etag(group.metadata().revision()));
    }

    private Answer get(Call call) throws RefusedException {
        Resource<TargetGroup> group = group(call, realm.configuration(call.parameter("cluster")));
        Target target =
                find(group.spec(), call.parameter("target"))
                        .orElseThrow(() -> missing(call.parameter("target"), group.name()));
        return Answer.json(target).with("ETag", Versioned.etag(group.metadata().revision()));
    }

    private Answer put(Call call) throws RefusedException, InvalidException, IOException {
        Target target = target(call.json(), call.parameter("target"));
        return write(
                call,
                group -> {
                    Optional<Target> before = find(group.spec(), target.name());
                    precondition(call, before.isPresent()).check(reference(call), group);
                    List<Target> targets = new ArrayList<>(group.spec().targets());
                    if (before.isPresent()) {
                        targets.set(targets.indexOf(before.get()), target);
                    } else {
                        targets.add(target);
                    }
                    return with(group.spec(), targets);
                });
    }

    private Answer delete(Call call) throws RefusedException {
        return write(
                call,
                group -> {
                    Target before =
                            find(group.spec(), call.parameter("target"))
                                    .orElseThrow(
                                            () -> missing(call.parameter("target"), group.name()));
                    precondition(call, true).check(reference(call), group);
                    List<Target> targets = new ArrayList<>(group.spec().targets());
                    targets.remove(before);
                    return with(group.spec(), targets);
                });
    }

    /// Needs no tag: the wish for a state is right whatever else has changed.
    private Answer set(Call call, Target.AdminState state) throws RefusedException {
        String name = call.parameter("target");
        return write(
                call,
                group -> {
                    if (find(group.spec(), name).isEmpty()) {
                        throw missing(name, group.name());
                    }
                    if (call.header("If-Match") != null) {
                        precondition(call, true).check(reference(call), group);
                    }
                    return group.spec().withTarget(name, target -> target.withAdminState(state));
                });
    }

    /// A group as it shall be, from the group as it is.
    @FunctionalInterface
    private interface Change {
        TargetGroup apply(Resource<TargetGroup> group) throws RefusedException;
    }

    private Answer write(Call call, Change change) throws RefusedException {
        String cluster = call.parameter("cluster");
        Edit.Plan plan =
                current -> {
                    if (current == null) {
                        return List.of();
                    }
                    Resource<TargetGroup> group = group(call, current);
                    Draft<TargetGroup> draft =
                            new Draft<>(
                                    group.name(),
                                    group.description(),
                                    group.labels(),
                                    change.apply(group));
                    return List.of(new Edit.Put(draft, Precondition.NONE));
                };
        Outcome outcome =
                realm.commit(call, ResourceRoutes.edit(call, cluster, plan, changes -> 200));
        Configuration now = outcome.configuration();
        if (outcome.dryRun() || now == null) {
            return Answer.json(outcome.toResult());
        }
        ResourceView view = realm.status(now).view(group(call, now));
        return Answer.json(view).with("ETag", view.etag()).at(outcome.revision());
    }

    /// For a target that is new to its group, a tag is checked where given and not asked for.
    private static Precondition precondition(Call call, boolean exists) throws RefusedException {
        if (call.precondition() instanceof Precondition.Headers headers) {
            return exists ? headers : new Precondition.Headers(headers.ifMatch(), false, false);
        }
        return Precondition.NONE;
    }

    private static dev.weir.model.Reference reference(Call call) {
        return new dev.weir.model.Reference(Kind.TARGET_GROUP, call.parameter("name"));
    }

    private static Target target(JsonNode body, String name) throws InvalidException {
        if (body instanceof ObjectNode object && !object.has("name")) {
            object.put("name", name);
        }
        Target target = Codec.read(body, Target.class, "target " + Call.shortened(name));
        if (!target.name().equals(name)) {
            throw new InvalidException(
                    "target " + Call.shortened(name),
                    List.of(new Problem("name", "must be the name in the path")));
        }
        return target;
    }

    private static TargetGroup with(TargetGroup group, List<Target> targets) {
        return new TargetGroup(
                group.algorithm(), group.healthMonitor(), group.connectTimeout(), targets);
    }

    private static Optional<Target> find(TargetGroup group, String name) {
        return group.targets().stream().filter(target -> target.name().equals(name)).findFirst();
    }

    private static Resource<TargetGroup> group(Call call, Configuration configuration)
            throws RefusedException {
        @Nullable Resource<TargetGroup> group =
                configuration.targetGroups().get(call.parameter("name"));
        if (group == null) {
            throw new RefusedException(
                    Reason.NOT_FOUND,
                    "target group " + Call.shortened(call.parameter("name")) + ": does not exist");
        }
        return group;
    }

    private static RefusedException missing(String target, String group) {
        return new RefusedException(
                Reason.NOT_FOUND,
                "target %s: does not exist in target group %s"
                        .formatted(Call.shortened(target), group));
    }
}
