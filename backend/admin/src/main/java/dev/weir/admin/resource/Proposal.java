package dev.weir.admin.resource;

import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.model.Certificate;
import dev.weir.model.Change;
import dev.weir.model.Configuration;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Metadata;
import dev.weir.model.Reference;
import dev.weir.model.Resource;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Turns the steps of an edit into changes of resources, with identities and times.
///
/// Confined to the writer's thread.
final class Proposal {
    private final long number;
    private final Instant time;
    private final String author;
    private final Map<Kind, Integer> lastIndexes = new EnumMap<>(Kind.class);
    private final Supplier<UUID> ids;

    Proposal(
            long number,
            Instant time,
            String author,
            Map<Kind, Integer> lastIndexes,
            Supplier<UUID> ids) {
        this.number = number;
        this.time = time;
        this.author = author;
        this.lastIndexes.putAll(lastIndexes);
        this.ids = ids;
    }

    long number() {
        return number;
    }

    Instant time() {
        return time;
    }

    /// The highest indexes given out, those of this proposal included.
    Map<Kind, Integer> lastIndexes() {
        return Map.copyOf(lastIndexes);
    }

    /// The changes of all steps, without those that change nothing.
    List<Change> changes(@Nullable Configuration current, List<Edit.Step> steps)
            throws RefusedException {
        Map<Reference, Change> changes = new LinkedHashMap<>();
        for (Edit.Step step : steps) {
            Reference object = step.object();
            Resource<?> before =
                    current == null
                            ? null
                            : current.find(object.kind(), object.name()).orElse(null);
            step.precondition().check(object, before);
            if (changes.containsKey(object)) {
                throw new RefusedException(
                        Reason.INVALID, object + ": is given twice in one edit; keep one");
            }
            switch (step) {
                case Edit.Put put -> {
                    Draft<?> draft = withStoredKey(put.draft(), before);
                    if (before == null || !before.draft().equals(draft)) {
                        changes.put(object, put(draft, before));
                    }
                }
                case Edit.Delete delete -> {
                    if (before == null) {
                        throw new RefusedException(Reason.NOT_FOUND, object + ": does not exist");
                    }
                    changes.put(object, new Change(object.kind(), object.name(), before, null));
                }
            }
        }
        return new ArrayList<>(changes.values());
    }

    private Change put(Draft<?> draft, @Nullable Resource<?> before) {
        Metadata metadata =
                before == null
                        ? new Metadata(
                                ids.get(),
                                lastIndexes.merge(draft.kind(), 1, Integer::sum),
                                number,
                                time,
                                author,
                                time,
                                author)
                        : new Metadata(
                                before.metadata().id(),
                                before.metadata().index(),
                                number,
                                before.metadata().createdAt(),
                                before.metadata().createdBy(),
                                time,
                                author);
        return new Change(draft.kind(), draft.name(), before, Resource.of(draft, metadata));
    }

    /// A certificate without key keeps the stored one.
    private static Draft<?> withStoredKey(Draft<?> draft, @Nullable Resource<?> before) {
        if (draft.spec() instanceof Certificate fresh
                && fresh.privateKey() == null
                && before != null
                && before.spec() instanceof Certificate stored) {
            return new Draft<>(
                    draft.name(),
                    draft.description(),
                    draft.labels(),
                    fresh.withPrivateKey(stored.privateKey()));
        }
        return draft;
    }
}
