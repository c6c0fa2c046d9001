package dev.weir.console.session;

import dev.weir.api.CertificateStatus;
import dev.weir.api.RevisionSummary;
import dev.weir.model.Configuration;
import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.Draft;
import dev.weir.model.Operation;
import dev.weir.model.OperationSet;
import dev.weir.model.Reference;
import dev.weir.model.Rollout;
import dev.weir.model.Subscription;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// What the console asks of one admin server. Blocking; any thread but the user interface's.
public interface AdminSession extends AutoCloseable {

    List<String> clusters() throws SessionException;

    /// Everything declared in a cluster.
    Configuration configuration(String cluster) throws SessionException;

    Optional<Rollout> rollout(String cluster) throws SessionException;

    /// The newest revisions first.
    List<RevisionSummary> revisions(String cluster, int limit) throws SessionException;

    /// What saving the draft would change, without saving it.
    ///
    /// @param basedOn the resource's revision that was edited, 0 for a new resource
    /// @throws SessionException INVALID with the fields at fault, CONFLICT where it changed since
    List<FieldChange> plan(String cluster, Draft<?> draft, long basedOn) throws SessionException;

    /// Saves a draft and answers the new revision.
    ///
    /// @param basedOn the resource's revision that was edited, 0 for a new resource
    long save(String cluster, Draft<?> draft, long basedOn, String comment) throws SessionException;

    /// Deletes a resource; a cluster with everything in it.
    void delete(String cluster, Reference resource, long basedOn) throws SessionException;

    /// Makes the cluster, or one resource of it, what it was at an older revision; answers the new
    /// revision.
    ///
    /// @param only the one resource, or null for all
    long rollback(String cluster, long target, @Nullable Reference only, String comment)
            throws SessionException;

    /// What making the cluster what it was at an older revision would change, without doing it.
    ///
    /// @throws SessionException INVALID with why it would be refused
    List<FieldChange> planRollback(String cluster, long target) throws SessionException;

    /// What differs between two revisions of a cluster.
    List<FieldChange> diff(String cluster, long from, long until) throws SessionException;

    /// What a certificate says of itself, or empty where the server does not tell.
    Optional<CertificateStatus> certificate(String cluster, String name) throws SessionException;

    List<OperationSet> operationSets() throws SessionException;

    List<Operation> operations() throws SessionException;

    /// What can be shown to protected targets of a diagnosis, without its secrets.
    List<Credential> credentials() throws SessionException;

    /// The newest runs first.
    List<Diagnosis> diagnoses(int limit) throws SessionException;

    Diagnosis start(Diagnosis.Spec spec) throws SessionException;

    Diagnosis cancel(String diagnosis) throws SessionException;

    /// The bytes of an artifact, streamed; the caller closes them.
    InputStream artifact(String sha256) throws SessionException;

    /// Opens the one event stream of the connection.
    Subscription events(SessionEvents events);

    @Override
    void close();
}
