package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import dev.weir.api.Codec;
import dev.weir.api.Documents;
import dev.weir.api.Words;
import dev.weir.api.WriteOptions;
import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.Operation;
import dev.weir.model.OperationSet;
import dev.weir.model.Secret;
import dev.weir.model.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Server and `openapi.yaml` agree, in both directions.
class OpenApiTest {
    private static final JsonNode SPEC = spec();

    @TempDir Path directory;

    @Test
    void everyRouteIsInTheSpecAndEveryPathOfTheSpecIsServed() throws IOException {
        Map<String, String> served = new TreeMap<>();
        try (RunningAdmin running = RunningAdmin.start(directory)) {
            running.server()
                    .routes()
                    .forEach(route ->
                            served.put(
                                    route.method().text() + " " + route.path(),
                                    route.role() == null ? "anybody" : Words.of(route.role())));
        }
        Map<String, String> specified = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : SPEC.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (!operation.getKey().equals("parameters")) {
                    specified.put(
                            operation.getKey().toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey(),
                            operation.getValue().path("x-role").asText());
                }
            }
        }
        assertThat(served).isEqualTo(specified);
    }

    @Test
    void everyRecordHasExactlyTheFieldsOfItsSchema() {
        List<Class<?>> records = new ArrayList<>();
        records.addAll(nested(dev.weir.model.Diagnosis.class, Set.of("Spec", "Status", "Step")));
        records.addAll(nested(dev.weir.model.Rollout.class, Set.of()));
        records.addAll(nested(dev.weir.model.RouteAction.class, Set.of("Forward")));
        records.addAll(
                List.of(
                        dev.weir.model.Cluster.class,
                        dev.weir.model.Node.class,
                        dev.weir.model.VirtualServer.class,
                        dev.weir.model.VirtualServer.Tls.class,
                        dev.weir.model.RouteRule.class,
                        dev.weir.model.RouteMatch.class,
                        dev.weir.model.RouteMatch.Path.class,
                        dev.weir.model.TargetGroup.class,
                        dev.weir.model.Target.class,
                        dev.weir.model.HealthMonitor.class,
                        dev.weir.model.Certificate.class,
                        dev.weir.model.Metadata.class,
                        dev.weir.model.Revision.class,
                        dev.weir.model.Change.class,
                        dev.weir.model.Rollout.class,
                        dev.weir.model.Reference.class,
                        Diagnosis.class,
                        Operation.class,
                        OperationSet.class,
                        Credential.class,
                        dev.weir.api.ApplyResult.class,
                        dev.weir.api.AuditEvent.class,
                        dev.weir.api.CertificateStatus.class,
                        dev.weir.api.Difference.class,
                        dev.weir.api.Login.class,
                        dev.weir.api.ResourceChange.class,
                        dev.weir.api.ResourceStatus.class,
                        dev.weir.api.ResourceStatus.NodeRejection.class,
                        dev.weir.api.RevisionSummary.class,
                        dev.weir.api.RevisionSummary.Touched.class,
                        dev.weir.api.ServerVersion.class,
                        dev.weir.api.User.class,
                        dev.weir.api.NewUser.class,
                        dev.weir.api.UserRoles.class,
                        dev.weir.api.PasswordChange.class,
                        dev.weir.api.ApiToken.class));
        for (Class<?> record : records) {
            compare(record, record.getSimpleName());
        }
        compare(Diagnosis.Spec.class, "DiagnosisSpec");
        compare(Diagnosis.Status.class, "DiagnosisStatus");
        compare(Diagnosis.Step.class, "DiagnosisStep");
        compare(OperationSet.Step.class, "SetStep");
        compare(dev.weir.api.Login.Answer.class, "LoginAnswer");
        compare(dev.weir.api.ApiToken.Wanted.class, "WantedToken");
        compare(dev.weir.api.ApiToken.Issued.class, "IssuedToken");
        compare(dev.weir.api.ProblemDetails.class, "Problem");
        compare(dev.weir.model.Problem.class, "Fault");
    }

    private static List<Class<?>> nested(Class<?> outer, Set<String> except) {
        return Arrays.stream(outer.getDeclaredClasses())
                .filter(inner -> inner.isRecord() && !except.contains(inner.getSimpleName()))
                .<Class<?>>map(inner -> inner)
                .toList();
    }

    private static void compare(Class<?> record, String name) {
        Set<String> fields = new TreeSet<>();
        for (RecordComponent component : record.getRecordComponents()) {
            fields.add(component.getName());
            enumerated(component, schema(name).path("properties").path(component.getName()));
        }
        Set<String> specified = new TreeSet<>();
        schema(name).path("properties").fieldNames().forEachRemaining(specified::add);
        assertThat(fields).as("%s and schema %s", record, name).isEqualTo(specified);
    }

    @SuppressWarnings("unchecked") // asked for enums only
    private static void enumerated(RecordComponent component, JsonNode property) {
        if (!component.getType().isEnum()) {
            return;
        }
        JsonNode schema = property;
        if (property.has("$ref")) {
            schema = SPEC.at(property.path("$ref").asText().substring(1));
        }
        List<String> words = new ArrayList<>();
        schema.path("enum").forEach(word -> words.add(word.asText()));
        assertThat(words)
                .as("%s", component)
                .containsExactlyInAnyOrderElementsOf(
                        Words.all((Class<? extends Enum<?>>) component.getType()));
    }

    @Test
    void everyExampleIsReadByTheCodec() throws Exception {
        for (JsonNode example : schema("Draft").path("examples")) {
            assertThat(valid("Draft", example)).isEmpty();
            assertThat(Codec.readDraft(example).problems()).isEmpty();
        }
        example("Target", Target.class);
        example("Operation", Operation.class);
        example("OperationSet", OperationSet.class);
        example("Credential", Credential.class);
        example("DiagnosisSpec", Diagnosis.Spec.class);
        example("Login", dev.weir.api.Login.class);
        example("NewUser", dev.weir.api.NewUser.class);
        example("UserRoles", dev.weir.api.UserRoles.class);
        example("PasswordChange", dev.weir.api.PasswordChange.class);
        example("WantedToken", dev.weir.api.ApiToken.Wanted.class);
    }

    private static void example(String name, Class<? extends Record> type) throws Exception {
        assertThat(schema(name).path("examples")).isNotEmpty();
        for (JsonNode example : schema(name).path("examples")) {
            assertThat(valid(name, example)).isEmpty();
            assertThat(Codec.read(example, type, name)).isNotNull();
        }
    }

    @Test
    void whatTheServerAnswersIsValid() throws Exception {
        try (RunningAdmin running = RunningAdmin.start(directory);
                var client = running.client()) {
            client.put("lab", Drafts.cluster("lab"), WriteOptions.CREATE);
            client.put("lab", Drafts.group("web"), WriteOptions.CREATE);
            client.put("lab", Drafts.server("shop", 8080, "web"), WriteOptions.CREATE);
            client.setTargetState("lab", "web", "a", Target.AdminState.DRAIN);
            running.admin()
                    .catalog()
                    .put(
                            new Operation(
                                    "cpu",
                                    "",
                                    Operation.Type.PROXY_PROFILE,
                                    Map.of("seconds", "5"),
                                    null));
            Map<String, String> answers = new TreeMap<>();
            answers.put("/health", "Health");
            answers.put("/version", "ServerVersion");
            answers.put("/users", "UserPage");
            answers.put("/users/admin", "User");
            answers.put("/users/admin/tokens", "ApiTokenPage");
            answers.put("/clusters", "ResourcePage");
            answers.put("/clusters/lab", "Resource");
            answers.put("/clusters/lab/virtual-servers", "ResourcePage");
            answers.put("/clusters/lab/target-groups/web", "Resource");
            answers.put("/clusters/lab/target-groups/web/targets", "TargetPage");
            answers.put("/clusters/lab/target-groups/web/targets/a", "Target");
            answers.put("/clusters/lab/revisions", "RevisionPage");
            answers.put("/clusters/lab/revisions/4", "Revision");
            answers.put("/clusters/lab/revisions/4/diff", "ApplyResult");
            answers.put("/clusters/lab/rollout", "Rollout");
            answers.put("/audit-events", "AuditEventPage");
            answers.put("/operations", "OperationPage");
            answers.put("/operations/cpu", "Operation");
            answers.put("/clusters/none", "Problem");
            answers.put("/nowhere", "Problem");
            Secret token = running.admin().issueToken("admin", "raw");
            for (Map.Entry<String, String> answer : answers.entrySet()) {
                JsonNode body = RawRequests.get(running, token, "/api/v1" + answer.getKey());
                assertThat(valid(answer.getValue(), body))
                        .as("GET %s: %s", answer.getKey(), body)
                        .isEmpty();
            }
        }
    }

    private static List<String> valid(String schema, JsonNode document) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", SPEC.path("components"));
        JsonSchema validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
        return validator.validate(document).stream().map(Object::toString).toList();
    }

    private static JsonNode schema(String name) {
        JsonNode schema = SPEC.path("components").path("schemas").path(name);
        assertThat(schema.isObject()).as("schema %s", name).isTrue();
        return schema;
    }

    private static JsonNode spec() {
        try (InputStream text = Documents.class.getResourceAsStream("/openapi.yaml")) {
            return Documents.STANDARD.yaml(text.readAllBytes()).getFirst();
        } catch (Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
