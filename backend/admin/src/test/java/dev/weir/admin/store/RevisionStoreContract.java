package dev.weir.admin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.admin.store.RevisionStore.StaleStateException;
import dev.weir.api.AuditEvent;
import dev.weir.api.Page;
import dev.weir.api.ResourceChange;
import dev.weir.api.RevisionSummary;
import dev.weir.model.Certificate;
import dev.weir.model.Change;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Draft;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.Metadata;
import dev.weir.model.Resource;
import dev.weir.model.Revision;
import dev.weir.model.Secret;
import dev.weir.model.Spec;
import dev.weir.model.TargetGroup;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What every store of revisions holds to.
abstract class RevisionStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final UUID LAB = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final Resource<Cluster> cluster =
            resource("lab", new Cluster(Engine.EMBEDDED, true), 1, 1);
    private final Resource<TargetGroup> first = resource("web", group(1), 1, 2);
    private final Resource<TargetGroup> second = resource("web", group(2), 1, 3);

    /// An empty store, the same one all through a test.
    protected abstract RevisionStore store();

    /// The audit of the same database.
    protected abstract AuditLog audit();

    /// The bytes that the database holds, as text.
    protected abstract String raw();

    @Test
    void isEmptyAtFirst() {
        assertThat(store().load().clusters()).isEmpty();
        assertThat(store().load().lastNumber()).isZero();
    }

    @Test
    void loadsWhatTheRevisionsAddUpTo() throws StaleStateException {
        appendThree();
        RevisionStore.State state = store().load();
        Configuration lab = state.clusters().get("lab");
        assertThat(lab.cluster()).isEqualTo(cluster);
        assertThat(lab.targetGroups()).containsOnlyKeys("web").containsValue(second);
        assertThat(lab.revision()).isEqualTo(3);
        assertThat(state.lastNumber()).isEqualTo(3);
        assertThat(state.lastIndexes())
                .containsEntry(Kind.TARGET_GROUP, 1)
                .containsEntry(Kind.CLUSTER, 1);
    }

    @Test
    void givesBackEachRevisionAndWhatItMade() throws StaleStateException {
        appendThree();
        Revision found = store().find(LAB, 3).orElseThrow();
        assertThat(found).isEqualTo(revision(3, change(first, second)));
        assertThat(store().find(OTHER, 3)).isEmpty();
        assertThat(store().asOf(LAB, 2).orElseThrow().targetGroups()).containsValue(first);
        assertThat(store().asOf(LAB, 1).orElseThrow().targetGroups()).isEmpty();
        assertThat(store().asOf(LAB, 0)).isEmpty();
    }

    @Test
    void listsTheNewestFirstInParts() throws StaleStateException {
        appendThree();
        Page<RevisionSummary> part = store().summaries(LAB, Long.MAX_VALUE, 2);
        assertThat(part.items()).extracting(RevisionSummary::number).containsExactly(3L, 2L);
        assertThat(part.items().getFirst().changes())
                .containsExactly(
                        new RevisionSummary.Touched(
                                Kind.TARGET_GROUP, "web", ResourceChange.Action.UPDATED));
        Page<RevisionSummary> rest =
                store().summaries(LAB, Long.parseLong(String.valueOf(part.next())), 2);
        assertThat(rest.items()).extracting(RevisionSummary::number).containsExactly(1L);
        assertThat(rest.next()).isNull();
    }

    @Test
    void refusesANumberThatIsTakenAndWritesNothing() throws StaleStateException {
        appendThree();
        Resource<TargetGroup> late = resource("late", group(9), 2, 3);
        assertThatThrownBy(() -> append(revision(3, change(null, late))))
                .isInstanceOf(StaleStateException.class);
        assertThat(store().load().clusters().get("lab").targetGroups()).containsOnlyKeys("web");
        assertThat(audit().newest(Long.MAX_VALUE, 10).items()).hasSize(3);
    }

    @Test
    void keepsWhoMadeEachRevisionWithIt() throws StaleStateException {
        appendThree();
        Page<AuditEvent> newest = audit().newest(Long.MAX_VALUE, 2);
        assertThat(newest.items()).extracting(AuditEvent::after).containsExactly(3L, 2L);
        AuditEvent kept = newest.items().getFirst();
        assertThat(kept).isEqualTo(witness(3, kept.id()));
    }

    @Test
    void forgetsWhatIsDeletedButNotItsIndex() throws StaleStateException {
        appendThree();
        append(revision(4, change(second, null)));
        RevisionStore.State state = store().load();
        assertThat(state.clusters().get("lab").targetGroups()).isEmpty();
        assertThat(state.lastIndexes()).containsEntry(Kind.TARGET_GROUP, 1);
        assertThat(store().asOf(LAB, 3).orElseThrow().targetGroups()).containsValue(second);
    }

    @Test
    void sealsPrivateKeysAndOpensThemAgain() throws StaleStateException {
        appendThree();
        Secret key = new Secret("-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----");
        Resource<Certificate> certificate =
                resource("shop", new Certificate("-----BEGIN CERTIFICATE-----", key), 1, 4);
        append(revision(4, change(null, certificate)));
        assertThat(store().load().clusters().get("lab").certificates()).containsValue(certificate);
        assertThat(store().find(LAB, 4).orElseThrow().changes().getFirst().after())
                .isEqualTo(certificate);
        assertThat(raw()).contains("BEGIN CERTIFICATE").doesNotContain("hush");
    }

    private void appendThree() throws StaleStateException {
        append(revision(1, change(null, cluster)));
        append(revision(2, change(null, first)));
        append(revision(3, change(first, second)));
    }

    private void append(Revision revision) throws StaleStateException {
        store().append(LAB, revision, witness(revision.number(), 0));
    }

    private static AuditEvent witness(long revision, long id) {
        return new AuditEvent(
                id,
                NOW,
                "ann",
                AuditEvent.Source.CLI,
                "put",
                "/api/v1/clusters/lab",
                revision - 1,
                revision,
                "request-" + revision,
                201);
    }

    private static Revision revision(long number, Change change) {
        return new Revision(
                number, "lab", number - 1, NOW, "ann", "because '" + number + "'", List.of(change));
    }

    private static Change change(@Nullable Resource<?> before, @Nullable Resource<?> after) {
        Resource<?> either = after != null ? after : before;
        return new Change(either.kind(), either.name(), before, after);
    }

    private static <S extends Spec> Resource<S> resource(
            String name, S spec, int index, long revision) {
        Metadata metadata =
                new Metadata(
                        spec.kind() == Kind.CLUSTER ? LAB : new UUID(7, index),
                        index,
                        revision,
                        NOW,
                        "ann",
                        NOW,
                        "ann");
        return Resource.of(Draft.of(name, spec), metadata);
    }

    private static TargetGroup group(int seconds) {
        return new TargetGroup(
                TargetGroup.Algorithm.ROUND_ROBIN, null, Duration.ofSeconds(seconds), List.of());
    }
}
