package dev.weir.admin;

import dev.weir.admin.resource.Edit;
import dev.weir.admin.resource.Outcome;
import dev.weir.admin.resource.Precondition;
import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.Export;
import dev.weir.api.Role;
import dev.weir.model.Change;
import dev.weir.model.Configuration;
import dev.weir.model.Draft;
import dev.weir.model.InvalidException;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.Resource;
import dev.weir.model.Revision;
import dev.weir.model.Rollout;
import dev.weir.model.RolloutStatusSource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A cluster as a whole: apply, export, revisions, rollback and rollout.
record RevisionRoutes(Realm realm) {
    private static final String REVISIONS = ResourceRoutes.CLUSTER + "/revisions";
    private static final String ONE = REVISIONS + "/{number}";

    List<Route> routes() {
        return List.of(
                Route.post(ResourceRoutes.CLUSTER + ":apply", Role.EDITOR, this::apply),
                Route.get(ResourceRoutes.CLUSTER + "/export", Role.VIEWER, this::export),
                Route.get(ResourceRoutes.CLUSTER + "/rollout", Role.VIEWER, this::rollout),
                // no more than the event stream tells an agent anyway
                Route.get(REVISIONS, Role.AGENT, this::list),
                Route.get(ONE, Role.VIEWER, this::get),
                Route.get(ONE + "/diff", Role.VIEWER, this::diff),
                Route.post(ONE + ":rollback", Role.EDITOR, this::rollback));
    }

    private Answer apply(Call call) throws RefusedException, InvalidException, IOException {
        List<Draft<?>> drafts = Codec.readDrafts(call.documents());
        if (drafts.isEmpty()) {
            throw new RefusedException(
                    Reason.BAD_REQUEST, "body: holds no document; send at least one");
        }
        String cluster = call.parameter("cluster");
        List<Edit.Step> steps = new ArrayList<>();
        for (Draft<?> draft : drafts) {
            if (draft.kind() == Kind.CLUSTER && !draft.name().equals(cluster)) {
                throw new RefusedException(
                        Reason.BAD_REQUEST,
                        "cluster %s: the documents are of cluster %s; apply them there or rename it in the text"
                                .formatted(Call.shortened(cluster), draft.name()));
            }
            steps.add(new Edit.Put(draft, Precondition.NONE));
        }
        Edit.Plan plan = current -> permitted(call, current, steps);
        return written(call, ResourceRoutes.edit(call, cluster, plan, changes -> 200));
    }

    private Answer export(Call call) throws RefusedException {
        Configuration configuration = realm.configuration(call.parameter("cluster"));
        return new Answer.Text(
                "application/yaml", Documents.toYaml(Export.documents(configuration)), Map.of());
    }

    private Answer rollout(Call call) throws RefusedException {
        String cluster = realm.configuration(call.parameter("cluster")).cluster().name();
        RolloutStatusSource source = realm.rollouts().get();
        Optional<Rollout> rollout = source == null ? Optional.empty() : source.rollout(cluster);
        return Answer.json(rollout.orElseGet(() -> new Rollout(cluster, 0, Map.of())));
    }

    private Answer list(Call call) throws RefusedException {
        return Answer.json(
                realm.ledger()
                        .revisions(call.parameter("cluster"), call.below(), call.page().limit())
                        .orElseThrow(() -> noCluster(call)));
    }

    private Answer get(Call call) throws RefusedException {
        return Answer.json(revision(call, call.number("number")));
    }

    private Revision revision(Call call, long number) throws RefusedException {
        return realm.ledger()
                .revision(call.parameter("cluster"), number)
                .orElseThrow(() ->
                        new RefusedException(
                                Reason.NOT_FOUND,
                                "revision %d: does not exist in cluster %s"
                                        .formatted(
                                                number,
                                                Call.shortened(call.parameter("cluster")))));
    }

    private Answer diff(Call call) throws RefusedException {
        Revision newer = revision(call, call.number("number"));
        long against = call.queryNumber("against", newer.parent());
        if (against != 0) {
            revision(call, against);
        }
        Configuration before = against == 0 ? null : asOf(call, against).orElse(null);
        Configuration after = asOf(call, newer.number()).orElse(null);
        return Answer.json(
                new Outcome(false, newer.number(), changes(before, after), List.of(), after)
                        .toResult());
    }

    private Optional<Configuration> asOf(Call call, long number) {
        return realm.ledger().asOf(call.parameter("cluster"), number);
    }

    private static List<Change> changes(
            @Nullable Configuration before, @Nullable Configuration after) {
        List<Change> changes = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Set<String> names = new TreeSet<>();
            if (before != null) {
                names.addAll(before.all(kind).keySet());
            }
            if (after != null) {
                names.addAll(after.all(kind).keySet());
            }
            for (String name : names) {
                Resource<?> old = before == null ? null : before.find(kind, name).orElse(null);
                Resource<?> fresh = after == null ? null : after.find(kind, name).orElse(null);
                if (old == null || fresh == null || !old.draft().equals(fresh.draft())) {
                    changes.add(new Change(kind, name, old, fresh));
                }
            }
        }
        return changes;
    }

    private Answer rollback(Call call) throws RefusedException {
        Revision wanted = revision(call, call.number("number"));
        String cluster = call.parameter("cluster");
        Configuration target =
                asOf(call, wanted.number())
                        .orElseThrow(() ->
                                new RefusedException(
                                        Reason.NOT_FOUND,
                                        "revision %d: the cluster was not there"
                                                .formatted(wanted.number())));
        @Nullable Reference only = only(call);
        Edit.Plan plan = current -> permitted(call, current, steps(current, target, only));
        Edit edit = ResourceRoutes.edit(call, cluster, plan, changes -> 200);
        return written(
                call,
                edit.comment().isEmpty()
                        ? edit.because("rollback to revision " + wanted.number())
                        : edit);
    }

    /// The same steps, where the user may also change the cluster itself or none of them does.
    private static List<Edit.Step> permitted(
            Call call, @Nullable Configuration current, List<Edit.Step> steps)
            throws RefusedException {
        for (Edit.Step step : steps) {
            boolean same =
                    current != null
                            && step instanceof Edit.Put put
                            && put.draft().equals(current.cluster().draft());
            if (step.object().kind() == Kind.CLUSTER && !same) {
                call.require(Role.ADMIN, call.parameter("cluster"));
            }
        }
        return steps;
    }

    private static List<Edit.Step> steps(
            @Nullable Configuration current, Configuration target, @Nullable Reference only) {
        List<Edit.Step> steps = new ArrayList<>();
        for (Change change : changes(current, target)) {
            Reference object = new Reference(change.kind(), change.name());
            if (only == null || only.equals(object)) {
                Resource<?> after = change.after();
                steps.add(
                        after == null
                                ? new Edit.Delete(object, Precondition.NONE)
                                : new Edit.Put(after.draft(), Precondition.NONE));
            }
        }
        return steps;
    }

    private static @Nullable Reference only(Call call) throws RefusedException {
        String kind = call.query("kind").orElse("");
        String name = call.query("name").orElse("");
        if (kind.isEmpty() && name.isEmpty()) {
            return null;
        }
        Optional<Kind> known = Kind.ofDocument(kind);
        if (known.isEmpty() || name.isEmpty()) {
            throw new RefusedException(
                    Reason.BAD_REQUEST,
                    "kind and name: must both be given, kind as in virtualServer, are '%s' and '%s'"
                            .formatted(Call.shortened(kind), Call.shortened(name)));
        }
        return new Reference(known.get(), name);
    }

    private Answer written(Call call, Edit edit) throws RefusedException {
        Outcome outcome = realm.commit(call, edit);
        Answer.Json answer = Answer.json(outcome.toResult());
        return outcome.dryRun() ? answer : answer.at(outcome.revision());
    }

    private static RefusedException noCluster(Call call) {
        return new RefusedException(
                Reason.NOT_FOUND,
                "cluster " + Call.shortened(call.parameter("cluster")) + ": does not exist");
    }
}
