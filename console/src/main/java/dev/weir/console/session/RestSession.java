package dev.weir.console.session;

import dev.weir.api.ApiException;
import dev.weir.api.ApplyResult;
import dev.weir.api.CertificateStatus;
import dev.weir.api.Connection;
import dev.weir.api.Event;
import dev.weir.api.PageQuery;
import dev.weir.api.ResourceView;
import dev.weir.api.RevisionSummary;
import dev.weir.api.Versioned;
import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.console.text.Failure;
import dev.weir.model.Change;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Operation;
import dev.weir.model.OperationSet;
import dev.weir.model.Reference;
import dev.weir.model.Resource;
import dev.weir.model.Rollout;
import dev.weir.model.Subscription;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.net.ssl.SSLException;

/// A session over REST.
public final class RestSession implements AdminSession {
    private static final String AGENT = "weir-console/0.1.0";

    private final WeirClient client;

    private RestSession(WeirClient client) {
        this.client = client;
    }

    /// Connects, and asks once to prove trust and token.
    public static AdminSession open(Endpoint endpoint) throws SessionException {
        WeirClient client =
                asked(() -> {
                    String ca = endpoint.ca() == null ? null : Files.readString(endpoint.ca());
                    WeirClient made =
                            new WeirClient(
                                    Connection.of(endpoint.admin(), ca, endpoint.token(), AGENT));
                    made.clusters();
                    return made;
                });
        return new RestSession(client);
    }

    @Override
    public List<String> clusters() throws SessionException {
        return asked(() -> client.clusters().items().stream().map(ResourceView::name).toList());
    }

    @Override
    public Configuration configuration(String cluster) throws SessionException {
        return asked(() -> {
            long revision = newestRevision(cluster);
            Resource<?> root = client.get(cluster, Kind.CLUSTER, cluster).value().resource();
            List<Change> everything = new ArrayList<>();
            for (Kind kind :
                    List.of(Kind.NODE, Kind.VIRTUAL_SERVER, Kind.TARGET_GROUP, Kind.CERTIFICATE)) {
                for (Resource<?> resource : all(cluster, kind)) {
                    everything.add(new Change(kind, resource.name(), null, resource));
                }
            }
            return Configuration.of(clusterOf(root), revision).with(everything, revision);
        });
    }

    @SuppressWarnings("unchecked") // the server answered it as a cluster
    private static Resource<Cluster> clusterOf(Resource<?> resource) {
        return (Resource<Cluster>) resource;
    }

    private List<Resource<?>> all(String cluster, Kind kind) throws IOException {
        List<Resource<?>> found = new ArrayList<>();
        PageQuery query = new PageQuery(PageQuery.MAX_LIMIT, null, "");
        while (true) {
            var page = client.list(cluster, kind, query);
            page.items().forEach(view -> found.add(view.resource()));
            String next = page.next();
            if (next == null) {
                return found;
            }
            query = query.after(next);
        }
    }

    private long newestRevision(String cluster) throws IOException {
        return client.revisions(cluster, new PageQuery(1, null, "")).items().stream()
                .mapToLong(RevisionSummary::number)
                .max()
                .orElse(0);
    }

    @Override
    public Optional<Rollout> rollout(String cluster) throws SessionException {
        return asked(() -> client.rollout(cluster));
    }

    @Override
    public List<RevisionSummary> revisions(String cluster, int limit) throws SessionException {
        return asked(() -> client.revisions(cluster, new PageQuery(limit, null, "")).items());
    }

    @Override
    public List<FieldChange> plan(String cluster, Draft<?> draft, long basedOn)
            throws SessionException {
        ApplyResult result = asked(() -> client.dryRun(cluster, draft));
        if (!result.problems().isEmpty()) {
            throw new SessionException(
                    SessionException.Reason.INVALID,
                    draft.kind().words() + " " + draft.name() + ": is not valid; see the fields",
                    result.problems());
        }
        return changes(result);
    }

    @Override
    public long save(String cluster, Draft<?> draft, long basedOn, String comment)
            throws SessionException {
        WriteOptions options =
                basedOn == 0
                        ? WriteOptions.CREATE
                        : WriteOptions.replacing(Versioned.etag(basedOn));
        return asked(() ->
                client.put(cluster, draft, options.because(comment))
                        .value()
                        .resource()
                        .metadata()
                        .revision());
    }

    @Override
    public void delete(String cluster, Reference resource, long basedOn) throws SessionException {
        asked(() -> {
            client.delete(cluster, resource, WriteOptions.replacing(Versioned.etag(basedOn)));
            return true;
        });
    }

    @Override
    public long rollback(String cluster, long target, @Nullable Reference only, String comment)
            throws SessionException {
        return asked(() -> client.rollback(cluster, target, only, false, comment).revision());
    }

    @Override
    public List<FieldChange> planRollback(String cluster, long target) throws SessionException {
        ApplyResult result = asked(() -> client.rollback(cluster, target, null, true, ""));
        if (!result.problems().isEmpty()) {
            throw new SessionException(
                    SessionException.Reason.INVALID,
                    "revision " + target + ": cannot be restored: " + result.problems(),
                    result.problems());
        }
        return changes(result);
    }

    @Override
    public List<FieldChange> diff(String cluster, long from, long until) throws SessionException {
        return changes(asked(() -> client.revisionDiff(cluster, until, from)));
    }

    @Override
    public Optional<CertificateStatus> certificate(String cluster, String name)
            throws SessionException {
        return asked(() -> {
            ResourceView view = client.get(cluster, Kind.CERTIFICATE, name).value();
            return view.status() == null
                    ? Optional.empty()
                    : Optional.ofNullable(view.status().certificate());
        });
    }

    @Override
    public List<OperationSet> operationSets() throws SessionException {
        return asked(client::operationSets);
    }

    @Override
    public List<Operation> operations() throws SessionException {
        return asked(client::operations);
    }

    @Override
    public List<Credential> credentials() throws SessionException {
        return asked(client::credentials);
    }

    @Override
    public List<Diagnosis> diagnoses(int limit) throws SessionException {
        return asked(() -> client.diagnoses(new PageQuery(limit, null, "")).items());
    }

    @Override
    public Diagnosis start(Diagnosis.Spec spec) throws SessionException {
        return asked(() -> client.diagnose(spec, UUID.randomUUID().toString()));
    }

    @Override
    public Diagnosis cancel(String diagnosis) throws SessionException {
        return asked(() -> client.cancelDiagnosis(diagnosis));
    }

    @Override
    public InputStream artifact(String sha256) throws SessionException {
        return asked(() -> client.artifact(sha256));
    }

    @Override
    public Subscription events(SessionEvents events) {
        return client.events(event -> {
            switch (event) {
                case Event.Connected _ -> events.opened();
                case Event.RevisionCommitted(var revision) ->
                        events.committed(revision.cluster(), revision.number());
                case Event.ClusterDeleted(var cluster) -> events.committed(cluster, 0);
                case Event.RolloutChanged(var rollout) -> events.rolledOut(rollout);
                case Event.DiagnosisChanged(var diagnosis) -> events.diagnosed(diagnosis);
                case Event.Disconnected(var reason) ->
                        events.lost(
                                new SessionException(
                                        SessionException.Reason.UNREACHABLE, reason, List.of()));
            }
        });
    }

    @Override
    public void close() {
        client.close();
    }

    private static List<FieldChange> changes(ApplyResult result) {
        return result.changes().stream()
                .flatMap(change ->
                        FieldChanges.of(
                                new Reference(change.kind(), change.name()), change.differences())
                                .stream())
                .toList();
    }

    /// A call to the server.
    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T asked(Question<T> question) throws SessionException {
        try {
            return question.ask();
        } catch (ApiException refused) {
            throw new SessionException(
                    reason(refused.status()), refused.details().detail(), refused.errors());
        } catch (SSLException untrusted) {
            throw new SessionException(
                    SessionException.Reason.UNTRUSTED, Failure.words(untrusted), untrusted);
        } catch (IOException unreachable) {
            throw new SessionException(
                    SessionException.Reason.UNREACHABLE, Failure.words(unreachable), unreachable);
        } catch (IllegalArgumentException badAuthority) {
            throw new SessionException(
                    SessionException.Reason.UNTRUSTED, Failure.words(badAuthority), badAuthority);
        }
    }

    private static SessionException.Reason reason(int status) {
        return switch (status) {
            case 400, 422 -> SessionException.Reason.INVALID;
            case 401 -> SessionException.Reason.UNAUTHORIZED;
            case 403 -> SessionException.Reason.FORBIDDEN;
            case 404 -> SessionException.Reason.NOT_FOUND;
            case 409, 412, 428 -> SessionException.Reason.CONFLICT;
            default -> SessionException.Reason.OTHER;
        };
    }
}
