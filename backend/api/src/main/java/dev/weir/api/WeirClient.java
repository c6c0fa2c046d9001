package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Operation;
import dev.weir.model.OperationSet;
import dev.weir.model.Reference;
import dev.weir.model.Revision;
import dev.weir.model.Rollout;
import dev.weir.model.Secret;
import dev.weir.model.Subscription;
import dev.weir.model.Target;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Everything an operator can do, as calls. Blocking; any thread.
///
/// Every method throws [ApiException] where the server refuses and another [IOException] where it
/// cannot be reached or understood.
public final class WeirClient implements AutoCloseable {
    private static final MediaType YAML = MediaType.get("application/yaml");

    private final Http http;

    public WeirClient(Connection connection) {
        this(new Http(connection));
    }

    private WeirClient(Http http) {
        this.http = http;
    }

    /// The same connections under another token; closing either closes both.
    public WeirClient withToken(@Nullable Secret token) {
        return new WeirClient(http.withToken(token));
    }

    public Connection connection() {
        return http.connection();
    }

    /// Returns where the server is alive.
    public void health() throws IOException {
        http.exchange(get(ApiPaths.HEALTH));
    }

    /// The server's version, and who the token belongs to.
    public ServerVersion version() throws IOException {
        return http.exchange(get(ApiPaths.VERSION), ServerVersion.class);
    }

    public Login.Answer login(String user, Secret password) throws IOException {
        Request request =
                http.request(ApiPaths.LOGIN, Map.of())
                        .post(Http.body(Codec.writeWithSecrets(new Login(user, password))))
                        .build();
        return http.exchange(request, Login.Answer.class);
    }

    /// Every user; needs the role admin everywhere, as do the other calls for other users.
    public List<User> users() throws IOException {
        return items(ApiPaths.USERS, User.class);
    }

    public User user(String name) throws IOException {
        return http.exchange(get(ApiPaths.user(name)), User.class);
    }

    /// Creates a user; 409 where the name is taken.
    public User createUser(NewUser user) throws IOException {
        Request request =
                http.request(ApiPaths.USERS, Map.of())
                        .post(Http.body(Codec.writeWithSecrets(user)))
                        .build();
        return http.exchange(request, User.class);
    }

    /// Replaces all roles of a user; 409 where it is the last admin and would not stay one.
    public User setRoles(String user, Map<String, Role> roles) throws IOException {
        Request request =
                http.request(ApiPaths.user(user) + "/roles", Map.of())
                        .put(Http.body(Codec.write(new UserRoles(roles))))
                        .build();
        return http.exchange(request, User.class);
    }

    /// Changes a password and ends the user's sessions, the own one too; other tokens still work.
    ///
    /// @param current the old one; null where an admin changes that of another user
    public void changePassword(String user, @Nullable Secret current, Secret password)
            throws IOException {
        PasswordChange change = new PasswordChange(current, password);
        http.exchange(
                http.request(ApiPaths.user(user) + "/password", Map.of())
                        .put(Http.body(Codec.writeWithSecrets(change)))
                        .build());
    }

    /// Removes a user with its tokens; 409 where it is the last admin.
    public void deleteUser(String name) throws IOException {
        http.exchange(http.request(ApiPaths.user(name), Map.of()).delete().build());
    }

    /// The tokens of a user that still work, sessions among them, without their secrets.
    public List<ApiToken> tokens(String user) throws IOException {
        return items(ApiPaths.tokens(user), ApiToken.class);
    }

    /// A token whose secret is in this answer and nowhere else.
    public ApiToken.Issued issueToken(String user, ApiToken.Wanted wanted) throws IOException {
        Request request =
                http.request(ApiPaths.tokens(user), Map.of())
                        .post(Http.body(Codec.write(wanted)))
                        .build();
        return http.exchange(request, ApiToken.Issued.class);
    }

    /// Ends a token at once.
    public void revokeToken(String user, String id) throws IOException {
        String path = ApiPaths.tokens(user) + "/" + ApiPaths.segment(id);
        http.exchange(http.request(path, Map.of()).delete().build());
    }

    /// A part of the resources of a kind, by name; for the kind cluster the cluster's name is
    /// ignored.
    public Page<ResourceView> list(String cluster, Kind kind, PageQuery query) throws IOException {
        return page(ApiPaths.resources(cluster, kind), query, ResourceView.class);
    }

    public Page<ResourceView> clusters() throws IOException {
        return list("", Kind.CLUSTER, new PageQuery(PageQuery.MAX_LIMIT, null, ""));
    }

    public Versioned<ResourceView> get(String cluster, Kind kind, String name) throws IOException {
        return versioned(get(ApiPaths.resource(cluster, kind, name)));
    }

    /// Creates or replaces a resource.
    public Versioned<ResourceView> put(String cluster, Draft<?> draft, WriteOptions options)
            throws IOException {
        Request.Builder request =
                http.request(ApiPaths.resource(cluster, draft.kind(), draft.name()), Map.of())
                        .put(Http.body(Codec.writeWithSecrets(draft)));
        return versioned(conditional(request, options).build());
    }

    /// What [#put] would change, or why it would be refused; without effect.
    public ApplyResult dryRun(String cluster, Draft<?> draft) throws IOException {
        Request request =
                http.request(
                                ApiPaths.resource(cluster, draft.kind(), draft.name()),
                                Map.of("dryRun", "true"))
                        .put(Http.body(Codec.writeWithSecrets(draft)))
                        .build();
        return http.exchange(request, ApplyResult.class);
    }

    public void delete(String cluster, Reference resource, WriteOptions options)
            throws IOException {
        Request.Builder request =
                http.request(ApiPaths.resource(cluster, resource.kind(), resource.name()), Map.of())
                        .delete();
        http.exchange(conditional(request, options).build());
    }

    /// Adds a target to a group, or replaces the one of that name.
    ///
    /// @param options the tag is the group's
    public Versioned<ResourceView> putTarget(
            String cluster, String group, Target target, WriteOptions options) throws IOException {
        Request.Builder request =
                http.request(ApiPaths.target(cluster, group, target.name()), Map.of())
                        .put(Http.body(Codec.write(target)));
        return versioned(conditional(request, options).build());
    }

    public Versioned<ResourceView> deleteTarget(
            String cluster, String group, String target, WriteOptions options) throws IOException {
        Request.Builder request =
                http.request(ApiPaths.target(cluster, group, target), Map.of()).delete();
        return versioned(conditional(request, options).build());
    }

    /// Puts a target online, drains it or puts it offline; answers its group.
    public Versioned<ResourceView> setTargetState(
            String cluster, String group, String target, Target.AdminState state)
            throws IOException {
        String action =
                switch (state) {
                    case ENABLED -> "enable";
                    case DRAIN -> "drain";
                    case OFFLINE -> "offline";
                };
        return versioned(
                post(ApiPaths.target(cluster, group, target) + ":" + action, Map.of()).build());
    }

    /// Creates and replaces every resource of a multi-document YAML text in one revision.
    public ApplyResult apply(String cluster, String yaml, boolean dryRun, String comment)
            throws IOException {
        Request.Builder request =
                http.request(ApiPaths.cluster(cluster) + ":apply", dryRun(dryRun))
                        .post(RequestBody.create(yaml.getBytes(StandardCharsets.UTF_8), YAML));
        return http.exchange(comment(request, comment).build(), ApplyResult.class);
    }

    /// The whole cluster as a multi-document YAML text that [#apply] reads back.
    public String export(String cluster) throws IOException {
        try (Response response = http.send(get(ApiPaths.cluster(cluster) + "/export"))) {
            return response.body().string();
        }
    }

    /// The newest first.
    public Page<RevisionSummary> revisions(String cluster, PageQuery query) throws IOException {
        return page(ApiPaths.revisions(cluster), query, RevisionSummary.class);
    }

    public Revision revision(String cluster, long number) throws IOException {
        return http.exchange(get(ApiPaths.revision(cluster, number)), Revision.class);
    }

    /// What differs between the cluster as of two revisions.
    ///
    /// @param against the older one; 0 for the one before
    public ApplyResult revisionDiff(String cluster, long number, long against) throws IOException {
        Map<String, String> query =
                against == 0 ? Map.of() : Map.of("against", Long.toString(against));
        Request request = http.request(ApiPaths.revision(cluster, number) + "/diff", query).build();
        return http.exchange(request, ApplyResult.class);
    }

    /// Makes a new revision that restores an older one.
    ///
    /// @param only one resource, or null for all
    public ApplyResult rollback(
            String cluster, long number, @Nullable Reference only, boolean dryRun, String comment)
            throws IOException {
        Map<String, String> query = new LinkedHashMap<>(dryRun(dryRun));
        if (only != null) {
            query.put("kind", only.kind().document());
            query.put("name", only.name());
        }
        Request.Builder request = post(ApiPaths.revision(cluster, number) + ":rollback", query);
        return http.exchange(comment(request, comment).build(), ApplyResult.class);
    }

    /// How far the nodes have come; empty before the first publication.
    public Optional<Rollout> rollout(String cluster) throws IOException {
        Request request = get(ApiPaths.rollout(cluster));
        JsonNode node = http.exchange(request).node();
        return node.isNull()
                ? Optional.empty()
                : Optional.of(http.read(request, node, Rollout.class));
    }

    public Page<AuditEvent> auditEvents(PageQuery query) throws IOException {
        return page(ApiPaths.AUDIT_EVENTS, query, AuditEvent.class);
    }

    /// Calls the listener with all news until the subscription is closed; reconnects by itself and
    /// asks for what it missed. The listener runs on a thread of its own and delays only itself.
    public Subscription events(Consumer<Event> listener) {
        return new EventStream(http, listener).start();
    }

    /// The newest first.
    public Page<Diagnosis> diagnoses(PageQuery query) throws IOException {
        return diagnoses(null, null, null, query);
    }

    /// Those for which all that is not null holds, the newest first.
    public Page<Diagnosis> diagnoses(
            @Nullable String cluster,
            @Nullable String virtualServer,
            Diagnosis.@Nullable Phase phase,
            PageQuery query)
            throws IOException {
        Map<String, String> parameters = parameters(query);
        if (cluster != null) {
            parameters.put("cluster", cluster);
        }
        if (virtualServer != null) {
            parameters.put("virtualServer", virtualServer);
        }
        if (phase != null) {
            parameters.put("phase", Words.of(phase));
        }
        return page(ApiPaths.DIAGNOSES, parameters, Diagnosis.class);
    }

    public Diagnosis diagnosis(String id) throws IOException {
        return http.exchange(get(ApiPaths.DIAGNOSES + "/" + ApiPaths.segment(id)), Diagnosis.class);
    }

    /// Starts a diagnosis.
    ///
    /// @param idempotencyKey any new text of 1 to 200 characters; asking again with the same key
    ///   and spec answers the diagnosis that was started, with another spec it is refused (422)
    public Diagnosis diagnose(Diagnosis.Spec spec, String idempotencyKey) throws IOException {
        Request request =
                http.request(ApiPaths.DIAGNOSES, Map.of())
                        .post(Http.body(Codec.write(spec)))
                        .header(ApiPaths.IDEMPOTENCY_HEADER, idempotencyKey)
                        .build();
        return http.exchange(request, Diagnosis.class);
    }

    public Diagnosis cancelDiagnosis(String id) throws IOException {
        String path = ApiPaths.DIAGNOSES + "/" + ApiPaths.segment(id) + ":cancel";
        return http.exchange(post(path, Map.of()).build(), Diagnosis.class);
    }

    /// The bytes of an artifact; the caller closes the stream.
    public InputStream artifact(String sha256) throws IOException {
        return AgentClient.stream(
                http.send(get(ApiPaths.ARTIFACTS + "/" + ApiPaths.segment(sha256))));
    }

    public List<Operation> operations() throws IOException {
        return items(ApiPaths.OPERATIONS, Operation.class);
    }

    public List<OperationSet> operationSets() throws IOException {
        return items(ApiPaths.OPERATION_SETS, OperationSet.class);
    }

    /// Credentials without their tokens.
    public List<Credential> credentials() throws IOException {
        return items(ApiPaths.CREDENTIALS, Credential.class);
    }

    public void putOperation(Operation operation) throws IOException {
        putNamed(ApiPaths.OPERATIONS, operation.name(), Codec.write(operation));
    }

    public void putOperationSet(OperationSet set) throws IOException {
        putNamed(ApiPaths.OPERATION_SETS, set.name(), Codec.write(set));
    }

    /// Stores a credential; a null token keeps the stored one.
    public void putCredential(Credential credential) throws IOException {
        putNamed(ApiPaths.CREDENTIALS, credential.name(), Codec.writeWithSecrets(credential));
    }

    public void deleteOperation(String name) throws IOException {
        deleteNamed(ApiPaths.OPERATIONS, name);
    }

    public void deleteOperationSet(String name) throws IOException {
        deleteNamed(ApiPaths.OPERATION_SETS, name);
    }

    public void deleteCredential(String name) throws IOException {
        deleteNamed(ApiPaths.CREDENTIALS, name);
    }

    /// Ends the connections; calls under way fail.
    @Override
    public void close() {
        http.client().dispatcher().cancelAll();
        http.client().connectionPool().evictAll();
    }

    /// Replaces what is there now, or creates it.
    private void putNamed(String collection, String name, JsonNode body) throws IOException {
        String path = collection + "/" + ApiPaths.segment(name);
        Request.Builder request = http.request(path, Map.of()).put(Http.body(body));
        http.exchange(conditional(request, new WriteOptions(etag(path), "")).build());
    }

    private void deleteNamed(String collection, String name) throws IOException {
        String path = collection + "/" + ApiPaths.segment(name);
        http.exchange(http.request(path, Map.of()).delete().header("If-Match", "*").build());
    }

    /// The tag of what is at this path, or empty where nothing is.
    private String etag(String path) throws IOException {
        try {
            return http.exchange(get(path)).etag();
        } catch (ApiException refused) {
            if (refused.status() == 404) {
                return "";
            }
            throw refused;
        }
    }

    private Request get(String path) {
        return http.request(path, Map.of()).build();
    }

    private Request.Builder post(String path, Map<String, String> query) {
        return http.request(path, query).post(Http.body(NullNode.getInstance()));
    }

    private <T> List<T> items(String path, Class<T> type) throws IOException {
        return page(path, new PageQuery(PageQuery.MAX_LIMIT, null, ""), type).items();
    }

    private <T> Page<T> page(String path, PageQuery query, Class<T> type) throws IOException {
        return page(path, parameters(query), type);
    }

    private static Map<String, String> parameters(PageQuery query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("limit", Integer.toString(query.limit()));
        if (query.cursor() != null) {
            parameters.put("cursor", query.cursor());
        }
        if (!query.labels().isEmpty()) {
            parameters.put("labels", query.labels());
        }
        return parameters;
    }

    private <T> Page<T> page(String path, Map<String, String> parameters, Class<T> type)
            throws IOException {
        Request request = http.request(path, parameters).build();
        JsonNode node = http.exchange(request).node();
        return new Page<>(
                http.readList(request, node.path("items"), type), node.path("next").asText(null));
    }

    private Versioned<ResourceView> versioned(Request request) throws IOException {
        Http.Answer answer = http.exchange(request);
        return new Versioned<>(
                http.read(request, answer.node(), ResourceView.class), answer.etag());
    }

    private static Request.Builder conditional(Request.Builder request, WriteOptions options) {
        if (options.etag().isEmpty()) {
            request.header("If-None-Match", "*");
        } else {
            request.header("If-Match", options.etag());
        }
        return comment(request, options.comment());
    }

    /// Headers hold ASCII, so the comment travels percent-encoded (RFC 3986 §2.1).
    private static Request.Builder comment(Request.Builder request, String comment) {
        return comment.isEmpty()
                ? request
                : request.header(
                        ApiPaths.COMMENT_HEADER,
                        URLEncoder.encode(comment, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private static Map<String, String> dryRun(boolean dryRun) {
        return dryRun ? Map.of("dryRun", "true") : Map.of();
    }
}
