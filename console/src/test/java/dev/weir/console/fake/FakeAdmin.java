package dev.weir.console.fake;

import dev.weir.api.CertificateStatus;
import dev.weir.api.Diff;
import dev.weir.api.RevisionSummary;
import dev.weir.console.session.AdminSession;
import dev.weir.console.session.CertificateChain;
import dev.weir.console.session.FieldChange;
import dev.weir.console.session.FieldChanges;
import dev.weir.console.session.SessionEvents;
import dev.weir.console.session.SessionException;
import dev.weir.model.Certificate;
import dev.weir.model.Change;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Metadata;
import dev.weir.model.Operation;
import dev.weir.model.OperationSet;
import dev.weir.model.Problem;
import dev.weir.model.Reference;
import dev.weir.model.Resource;
import dev.weir.model.Revision;
import dev.weir.model.Rollout;
import dev.weir.model.Subscription;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/// An admin server in memory, with one cluster that behaves: revisions, conflicts, rollouts, runs.
///
/// Safe for several threads.
public final class FakeAdmin implements AdminSession {
    private final TreeMap<Long, Configuration> history = new TreeMap<>();
    private final List<Revision> revisions = new ArrayList<>();
    private final List<Diagnosis> diagnoses = new ArrayList<>();
    private final Map<String, byte[]> artifacts = new HashMap<>();
    private @Nullable SessionEvents listener;
    private @Nullable SessionException broken;
    private Rollout rollout;
    private final Map<String, Configuration> made = new HashMap<>();
    private boolean applies = true;
    private boolean gone;

    public FakeAdmin() {
        Configuration lab = Samples.lab();
        history.put(lab.revision(), lab);
        rollout = applied(lab.revision());
        revisions.add(
                new Revision(
                        40,
                        "lab",
                        39,
                        Samples.NOW.minusSeconds(7200),
                        "admin",
                        "start of the lab",
                        List.of()));
        revisions.addFirst(
                new Revision(
                        41,
                        "lab",
                        40,
                        Samples.NOW.minusSeconds(3600),
                        "admin",
                        "send 10 % to the canary",
                        List.of(
                                new Change(
                                        Kind.VIRTUAL_SERVER,
                                        "shop",
                                        lab.virtualServers().get("shop"),
                                        lab.virtualServers().get("shop")))));
    }

    // ---- what a test says

    /// Every question fails from now on, or none where it is null.
    public synchronized void breakWith(@Nullable SessionException why) {
        broken = why;
        SessionEvents now = listener;
        if (why != null && now != null) {
            now.lost(why);
        }
    }

    /// Whether the node applies new revisions at once.
    public synchronized void applies(boolean yes) {
        applies = yes;
    }

    /// Tells a new rollout.
    public synchronized void roll(Rollout newer) {
        rollout = newer;
        tell(it -> it.rolledOut(newer));
    }

    /// The one node has applied this revision.
    public static Rollout applied(long revision) {
        return new Rollout(
                "lab",
                revision,
                Map.of(
                        "node-1",
                        new Rollout.NodeRollout("node-1", true, revision, Samples.NOW, List.of())));
    }

    /// The one node refuses a field of a resource.
    public static Rollout rejected(long revision, Reference resource, String field, String words) {
        return new Rollout(
                "lab",
                revision,
                Map.of(
                        "node-1",
                        new Rollout.NodeRollout(
                                "node-1",
                                true,
                                revision - 1,
                                Samples.NOW,
                                List.of(new Rollout.Rejection(resource, revision, field, words)))));
    }

    /// Puts a run where it belongs and tells it.
    public synchronized void put(Diagnosis diagnosis) {
        diagnoses.removeIf(it -> it.id().equals(diagnosis.id()));
        diagnoses.addFirst(diagnosis);
        tell(it -> it.diagnosed(diagnosis));
    }

    public synchronized void keep(String sha256, byte[] bytes) {
        artifacts.put(sha256, bytes);
    }

    public synchronized Configuration now() {
        return history.lastEntry().getValue();
    }

    /// Someone else saves a draft.
    public synchronized void edit(Draft<?> draft) throws SessionException {
        Resource<?> known = now().find(draft.kind(), draft.name()).orElseThrow();
        save("lab", draft, known.metadata().revision(), "someone else");
    }

    /// Declares all of it in one revision.
    public synchronized void declare(List<Change> changes) {
        commit(changes, "");
    }

    // ---- what the console asks

    @Override
    public synchronized List<String> clusters() throws SessionException {
        check();
        return List.of("lab");
    }

    @Override
    public synchronized Configuration configuration(String cluster) throws SessionException {
        check();
        if (made.containsKey(cluster)) {
            return Objects.requireNonNull(made.get(cluster));
        }
        if (gone) {
            throw new SessionException(
                    SessionException.Reason.NOT_FOUND, "cluster lab: does not exist", List.of());
        }
        return now().with(withoutKeys(), now().revision());
    }

    /// Keys are never told.
    private List<Change> withoutKeys() {
        return now().certificates().values().stream()
                .map(known -> {
                    Draft<Certificate> told =
                            new Draft<>(
                                    known.name(),
                                    known.description(),
                                    known.labels(),
                                    known.spec().withPrivateKey(null));
                    return new Change(
                            Kind.CERTIFICATE,
                            known.name(),
                            known,
                            Resource.of(told, known.metadata()));
                })
                .toList();
    }

    /// A certificate without key keeps the stored one.
    private static Draft<?> withStoredKey(Draft<?> draft, @Nullable Resource<?> before) {
        return draft.spec() instanceof Certificate fresh
                        && fresh.privateKey() == null
                        && before != null
                        && before.spec() instanceof Certificate stored
                ? new Draft<>(
                        draft.name(),
                        draft.description(),
                        draft.labels(),
                        fresh.withPrivateKey(stored.privateKey()))
                : draft;
    }

    @Override
    public synchronized Optional<Rollout> rollout(String cluster) throws SessionException {
        check();
        return Optional.of(rollout);
    }

    @Override
    public synchronized List<RevisionSummary> revisions(String cluster, int limit)
            throws SessionException {
        check();
        return revisions.stream().limit(limit).map(RevisionSummary::of).toList();
    }

    @Override
    public synchronized List<FieldChange> plan(String cluster, Draft<?> draft, long basedOn)
            throws SessionException {
        check();
        judge(draft, basedOn);
        Reference reference = new Reference(draft.kind(), draft.name());
        Draft<?> before =
                now().find(draft.kind(), draft.name()).<Draft<?>>map(Resource::draft).orElse(null);
        return FieldChanges.of(reference, Diff.between(before, draft));
    }

    @Override
    public synchronized long save(String cluster, Draft<?> given, long basedOn, String comment)
            throws SessionException {
        check();
        judge(given, basedOn);
        long number = now().revision() + 1;
        if (given.spec() instanceof Cluster spec && !given.name().equals("lab")) {
            Resource<Cluster> root = Samples.resource(given.name(), spec, number);
            made.put(given.name(), Configuration.of(root, number));
            tell(it -> it.committed(given.name(), number));
            return number;
        }
        Resource<?> before = now().find(given.kind(), given.name()).orElse(null);
        Draft<?> draft = withStoredKey(given, before);
        Metadata old = before == null ? null : before.metadata();
        Metadata metadata =
                new Metadata(
                        old == null ? UUID.randomUUID() : old.id(),
                        old == null ? 100 + (int) number : old.index(),
                        number,
                        old == null ? Samples.NOW : old.createdAt(),
                        "admin",
                        Samples.NOW,
                        "admin");
        return commit(
                List.of(
                        new Change(
                                draft.kind(), draft.name(), before, Resource.of(draft, metadata))),
                comment);
    }

    @Override
    public synchronized void delete(String cluster, Reference resource, long basedOn)
            throws SessionException {
        check();
        if (resource.kind() == Kind.CLUSTER) {
            gone = true;
            tell(it -> it.committed(cluster, 0));
            return;
        }
        Resource<?> before = now().find(resource.kind(), resource.name()).orElseThrow();
        commit(List.of(new Change(resource.kind(), resource.name(), before, null)), "");
    }

    @Override
    public synchronized long rollback(
            String cluster, long target, @Nullable Reference only, String comment)
            throws SessionException {
        check();
        Configuration then = history.get(target);
        if (then == null) {
            throw new SessionException(
                    SessionException.Reason.NOT_FOUND,
                    "revision " + target + ": is not kept any more; choose a newer one",
                    List.of());
        }
        if (only != null) {
            Resource<?> before = now().find(only.kind(), only.name()).orElse(null);
            Resource<?> after = then.find(only.kind(), only.name()).orElse(null);
            return commit(
                    List.of(
                            new Change(
                                    only.kind(),
                                    only.name(),
                                    before,
                                    after == null ? null : renewed(after))),
                    comment);
        }
        long number = now().revision() + 1;
        history.put(number, then.with(List.of(), number));
        revisions.addFirst(
                new Revision(number, "lab", number - 1, Samples.NOW, "admin", comment, List.of()));
        told(number);
        return number;
    }

    @Override
    public synchronized List<FieldChange> planRollback(String cluster, long target)
            throws SessionException {
        check();
        Configuration then = history.get(target);
        List<FieldChange> changes = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Set<String> names = new TreeSet<>(now().all(kind).keySet());
            names.addAll(Objects.requireNonNull(then).all(kind).keySet());
            for (String name : names) {
                Draft<?> before =
                        now().find(kind, name).<Draft<?>>map(Resource::draft).orElse(null);
                Draft<?> after = then.find(kind, name).<Draft<?>>map(Resource::draft).orElse(null);
                Reference reference = new Reference(kind, name);
                changes.addAll(FieldChanges.of(reference, Diff.between(before, after)));
            }
        }
        return changes;
    }

    private Resource<?> renewed(Resource<?> old) {
        Metadata was = old.metadata();
        return Resource.of(
                old.draft(),
                new Metadata(
                        was.id(),
                        was.index(),
                        now().revision() + 1,
                        was.createdAt(),
                        was.createdBy(),
                        Samples.NOW,
                        "admin"));
    }

    @Override
    public synchronized List<FieldChange> diff(String cluster, long from, long until)
            throws SessionException {
        check();
        Reference shop = new Reference(Kind.VIRTUAL_SERVER, "shop");
        return List.of(
                new FieldChange(
                        shop, "spec.rules[api].action.forward[catalog].weight", "100", "90"),
                new FieldChange(
                        shop, "spec.rules[api].action.forward[catalog-canary].weight", null, "10"));
    }

    @Override
    public synchronized Optional<CertificateStatus> certificate(String cluster, String name)
            throws SessionException {
        check();
        return now().find(Kind.CERTIFICATE, name)
                .map(it -> ((Certificate) it.spec()).chainPem())
                .flatMap(CertificateChain::read)
                .map(chain ->
                        new CertificateStatus(
                                chain.subject(),
                                "CN=Weir lab authority",
                                chain.names(),
                                chain.notBefore(),
                                chain.notAfter(),
                                "EC P-256",
                                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                                List.of("pay")));
    }

    @Override
    public synchronized List<OperationSet> operationSets() throws SessionException {
        check();
        return List.of(
                new OperationSet(
                        "proxy-cpu",
                        "CPU of the proxy for 10 s",
                        List.of(new OperationSet.Step("cpu", "proxy-cpu", List.of(), Map.of()))),
                new OperationSet(
                        "go-profile",
                        "CPU of a Go program",
                        List.of(new OperationSet.Step("cpu", "go-cpu", List.of(), Map.of()))),
                new OperationSet(
                        "proxy-deep",
                        "CPU, then heap of the proxy",
                        List.of(
                                new OperationSet.Step("cpu", "proxy-cpu", List.of(), Map.of()),
                                new OperationSet.Step(
                                        "heap", "proxy-heap", List.of("cpu"), Map.of()))));
    }

    @Override
    public synchronized List<Operation> operations() throws SessionException {
        check();
        return List.of(
                operation("proxy-cpu", Operation.Type.PROXY_PROFILE, "profile", "cpu"),
                operation("proxy-heap", Operation.Type.PROXY_PROFILE, "profile", "heap"),
                operation("go-cpu", Operation.Type.GO_PROFILE, "profile", "cpu"));
    }

    private static Operation operation(
            String name, Operation.Type type, String parameter, String value) {
        return new Operation(
                name, "", type, Map.of(parameter, value, "seconds", "10"), Duration.ofMinutes(1));
    }

    @Override
    public synchronized List<Credential> credentials() throws SessionException {
        check();
        return List.of(new Credential("cart-program", null, null, List.of()));
    }

    @Override
    public synchronized List<Diagnosis> diagnoses(int limit) throws SessionException {
        check();
        return diagnoses.stream().limit(limit).toList();
    }

    @Override
    public synchronized Diagnosis start(Diagnosis.Spec spec) throws SessionException {
        check();
        Diagnosis made =
                new Diagnosis(
                        UUID.randomUUID().toString(),
                        spec,
                        new Diagnosis.Status(
                                Diagnosis.Phase.PENDING, List.of(), null, null, null, false),
                        "admin",
                        Samples.NOW,
                        1);
        put(made);
        return made;
    }

    @Override
    public synchronized Diagnosis cancel(String id) throws SessionException {
        check();
        Diagnosis run =
                diagnoses.stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
        Diagnosis.Status was = run.status();
        Diagnosis asked =
                new Diagnosis(
                        run.id(),
                        run.spec(),
                        new Diagnosis.Status(
                                was.phase(),
                                was.steps(),
                                was.startedAt(),
                                was.finishedAt(),
                                was.failure(),
                                true),
                        run.createdBy(),
                        run.createdAt(),
                        run.version() + 1);
        put(asked);
        return asked;
    }

    @Override
    public synchronized InputStream artifact(String sha256) throws SessionException {
        check();
        byte[] bytes = artifacts.get(sha256);
        if (bytes == null) {
            throw new SessionException(
                    SessionException.Reason.NOT_FOUND,
                    "artifact " + sha256 + ": was collected; run the diagnosis again",
                    List.of());
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public Subscription events(SessionEvents events) {
        SessionException why;
        synchronized (this) {
            listener = events;
            why = broken;
        }
        if (why == null) {
            events.opened();
        } else {
            events.lost(why);
        }
        return () -> {
            synchronized (FakeAdmin.this) {
                if (events.equals(listener)) {
                    listener = null;
                }
            }
        };
    }

    @Override
    public void close() {}

    private void check() throws SessionException {
        if (broken != null) {
            throw broken;
        }
    }

    private void judge(Draft<?> draft, long basedOn) throws SessionException {
        Resource<?> known = now().find(draft.kind(), draft.name()).orElse(null);
        long revision = known == null ? 0 : known.metadata().revision();
        if (revision != basedOn) {
            throw new SessionException(
                    SessionException.Reason.CONFLICT,
                    draft.kind().words() + " " + draft.name() + ": was changed meanwhile",
                    List.of());
        }
        List<Problem> problems = draft.problems();
        if (!problems.isEmpty()) {
            throw new SessionException(
                    SessionException.Reason.INVALID,
                    draft.kind().words() + " " + draft.name() + ": is not valid",
                    problems);
        }
    }

    private long commit(List<Change> changes, String comment) {
        long number = now().revision() + 1;
        history.put(number, now().with(changes, number));
        revisions.addFirst(
                new Revision(number, "lab", number - 1, Samples.NOW, "admin", comment, changes));
        told(number);
        return number;
    }

    private void told(long number) {
        tell(it -> it.committed("lab", number));
        if (applies) {
            roll(applied(number));
        }
    }

    private void tell(Consumer<SessionEvents> words) {
        SessionEvents now = listener;
        if (now != null) {
            words.accept(now);
        }
    }

    /// A run as it stands.
    public static Diagnosis run(
            String id, Diagnosis.Phase phase, List<Diagnosis.Step> steps, Duration ago) {
        return new Diagnosis(
                id,
                new Diagnosis.Spec(
                        "proxy-deep", "lab", "node-1", "shop", Map.of(), null, "p99 is high"),
                new Diagnosis.Status(
                        phase,
                        steps,
                        Samples.NOW.minus(ago),
                        phase.isFinal() ? Samples.NOW.minus(ago).plusSeconds(12) : null,
                        null,
                        false),
                "admin",
                Samples.NOW.minus(ago),
                1);
    }

    /// A step as it stands.
    public static Diagnosis.Step step(
            String name, Diagnosis.StepState state, List<Diagnosis.Artifact> artifacts) {
        boolean begun = state != Diagnosis.StepState.WAITING;
        boolean ended = begun && state != Diagnosis.StepState.RUNNING;
        return new Diagnosis.Step(
                name,
                new Operation(
                        "proxy-" + name,
                        "",
                        Operation.Type.PROXY_PROFILE,
                        Map.of("profile", name, "seconds", "10"),
                        Duration.ofMinutes(1)),
                name.equals("heap") ? List.of("cpu") : List.of(),
                state,
                "run-" + name,
                begun ? 1 : 0,
                begun ? Samples.NOW.minusSeconds(14) : null,
                ended ? Samples.NOW.minusSeconds(3) : null,
                null,
                artifacts);
    }
}
