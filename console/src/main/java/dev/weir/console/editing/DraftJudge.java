package dev.weir.console.editing;

import dev.weir.console.session.LiveCluster;
import dev.weir.model.Certificate;
import dev.weir.model.Change;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Metadata;
import dev.weir.model.Problem;
import dev.weir.model.Reference;
import dev.weir.model.Resource;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reads what is typed and finds what is wrong with it, without the server.
///
/// Confined to the user interface's thread.
record DraftJudge<F>(Kind kind, FormCodec<F> codec, LiveCluster cluster) {

    /// The fields of a resource, or of a new one where there is none.
    Typed<F> typed(@Nullable Resource<?> base, F blank) {
        return base == null
                ? new Typed<>(blank, "")
                : new Typed<>(codec.form(base), LabelText.of(base.labels()));
    }

    /// @param base the resource that is edited, or null for a new one
    FormCodec.Reading read(Typed<F> typed, @Nullable Resource<?> base) {
        LabelText labels = LabelText.read(typed.labels(), base == null ? Map.of() : base.labels());
        FormCodec.Reading reading = codec.read(typed.form(), labels.labels());
        List<Problem> problems = new ArrayList<>(reading.problems());
        problems.addAll(labels.problems());
        return new FormCodec.Reading(reading.draft(), problems);
    }

    /// One problem for each path, the typed text's first.
    List<Problem> problems(FormCodec.Reading reading, @Nullable Resource<?> base) {
        List<Problem> all = new ArrayList<>(reading.problems());
        all.addAll(reading.draft().problems());
        if (all.isEmpty()) {
            all.addAll(problemsAmong(reading.draft(), base));
        }
        return List.copyOf(
                all.stream()
                        .collect(
                                Collectors.toMap(
                                        Problem::path,
                                        it -> it,
                                        (first, _) -> first,
                                        LinkedHashMap::new))
                        .values());
    }

    /// Problems between this and the other resources of the cluster.
    private List<Problem> problemsAmong(Draft<?> draft, @Nullable Resource<?> base) {
        Change change = new Change(kind, draft.name(), null, stored(draft, base, 1));
        List<Problem> found =
                new ArrayList<>(
                        cluster.configuration()
                                .with(List.of(change), 1)
                                .problems()
                                .getOrDefault(new Reference(kind, draft.name()), List.of()));
        if (base == null && cluster.find(kind, draft.name()).isPresent()) {
            found.add(new Problem("name", "'" + draft.name() + "' is taken; choose another"));
        }
        return found;
    }

    /// What nodes refuse of a resource, as problems of its fields.
    List<Problem> refused(Resource<?> resource) {
        return cluster.rejections(kind, resource.name()).stream()
                .map(it ->
                        new Problem(
                                it.rejection().field(),
                                it.node() + ": " + it.rejection().message()))
                .toList();
    }

    /// The draft as the server will tell it, until its own word arrives: a key that was sent is not
    /// kept here.
    Resource<?> stored(Draft<?> draft, @Nullable Resource<?> base, long revision) {
        Metadata old =
                base == null
                        ? new Metadata(
                                new UUID(0, 0), 1, revision, Instant.EPOCH, "", Instant.EPOCH, "")
                        : base.metadata();
        Draft<?> told =
                draft.spec() instanceof Certificate certificate
                        ? new Draft<>(
                                draft.name(),
                                draft.description(),
                                draft.labels(),
                                certificate.withPrivateKey(null))
                        : draft;
        return Resource.of(
                told,
                new Metadata(
                        old.id(),
                        old.index(),
                        revision,
                        old.createdAt(),
                        old.createdBy(),
                        old.updatedAt(),
                        old.updatedBy()));
    }
}
