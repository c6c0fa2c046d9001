package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.admin.auth.Identity;
import dev.weir.admin.resource.Edit;
import dev.weir.admin.resource.Precondition;
import dev.weir.admin.resource.RefusedException;
import dev.weir.api.ApiException;
import dev.weir.api.ApplyResult;
import dev.weir.api.Difference;
import dev.weir.api.Page;
import dev.weir.api.PageQuery;
import dev.weir.api.ResourceChange;
import dev.weir.api.ResourceStatus;
import dev.weir.api.ResourceView;
import dev.weir.api.Versioned;
import dev.weir.api.WeirClient;
import dev.weir.api.WriteOptions;
import dev.weir.model.Certificate;
import dev.weir.model.Configuration;
import dev.weir.model.Draft;
import dev.weir.model.Kind;
import dev.weir.model.Problem;
import dev.weir.model.Reference;
import dev.weir.model.Revision;
import dev.weir.model.RevisionSource;
import dev.weir.model.Rollout;
import dev.weir.model.RolloutStatusSource;
import dev.weir.model.Subscription;
import dev.weir.model.Target;
import dev.weir.model.VirtualServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

class EditsTest {
    @TempDir Path directory;

    private RunningAdmin running;
    private WeirClient client;

    @BeforeEach
    void start() throws IOException {
        running = RunningAdmin.start(directory);
        client = running.client();
        client.put("lab", Drafts.cluster("lab"), WriteOptions.CREATE);
        client.put("lab", Drafts.group("web"), WriteOptions.CREATE);
    }

    @AfterEach
    void stop() {
        client.close();
        running.close();
    }

    @Test
    void asksForATagBeforeItReplacesAndForNothingElse() {
        ApiException existing =
                refused(() -> client.put("lab", Drafts.group("web"), WriteOptions.CREATE));
        assertThat(existing.status()).isEqualTo(412);
        assertThat(existing).hasMessageContaining("exists already");
        ApiException gone =
                refused(() ->
                        client.put("lab", Drafts.group("none"), WriteOptions.replacing("\"1\"")));
        assertThat(gone.status()).isEqualTo(412);
    }

    @Test
    void dryRunTellsWhatWouldChangeAndWhyItWouldBeRefusedAndDoesNothing() throws IOException {
        ApplyResult fine = client.dryRun("lab", Drafts.server("shop", 8080, "web"));
        assertThat(fine.dryRun()).isTrue();
        assertThat(fine.problems()).isEmpty();
        assertThat(fine.changes())
                .extracting(ResourceChange::name, ResourceChange::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("shop", ResourceChange.Action.CREATED));

        ApplyResult bad = client.dryRun("lab", Drafts.server("shop", 8080, "wep"));
        assertThat(bad.problems())
                .extracting(Problem::path, Problem::message)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "spec.defaultTargetGroup",
                                "target group 'wep' does not exist; did you mean 'web'?"));
        assertThat(client.list("lab", Kind.VIRTUAL_SERVER, PageQuery.FIRST).items()).isEmpty();
        assertThat(client.revisions("lab", PageQuery.FIRST).items()).hasSize(2);
    }

    @Test
    void refusesAListenerThatAnotherVirtualServerHas() throws IOException {
        client.put("lab", Drafts.server("shop", 8080, "web"), WriteOptions.CREATE);
        ApiException later =
                refused(() ->
                        client.put("lab", Drafts.server("zoo", 8080, "web"), WriteOptions.CREATE));
        assertThat(later.status()).isEqualTo(422);
        assertThat(later.errors().getFirst().path()).isEqualTo("spec.port");
        ApiException earlier =
                refused(() ->
                        client.put("lab", Drafts.server("api", 8080, "web"), WriteOptions.CREATE));
        assertThat(earlier).hasMessageContaining("virtual server shop would be at fault");
    }

    @Test
    void refusesThatVirtualServersTradePortsInOneEditAndNamesTheWay() throws IOException {
        client.put("lab", Drafts.server("shop", 8080, "web"), WriteOptions.CREATE);
        client.put("lab", Drafts.server("pay", 9443, "web"), WriteOptions.CREATE);
        assertThatThrownBy(() -> client.apply("lab", at("shop", 9443) + at("pay", 8080), false, ""))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused ->
                                assertThat(refused.errors())
                                        .extracting(Problem::path, Problem::message)
                                        .containsExactly(
                                                tuple(
                                                        "virtualServer[shop].spec.port",
                                                        trade(9443, "pay", "shop")),
                                                tuple(
                                                        "virtualServer[pay].spec.port",
                                                        trade(8080, "shop", "pay"))));

        client.apply("lab", at("shop", 8081), false, "the way that it names");
        client.apply("lab", at("shop", 9443) + at("pay", 8080), false, "");
        assertThat(client.apply("lab", at("shop", 9000) + at("pay", 9443), false, "").changes())
                .as("one after the other there is a free port for each")
                .hasSize(2);
    }

    private static String trade(int port, String holder, String mover) {
        return "port %d on 127.0.0.1 is still that of virtual server %s, and nodes move one after the other; move %s to a free port in an edit of its own, then repeat this one"
                .formatted(port, holder, mover);
    }

    private static String at(String name, int port) {
        return """
        ---
        kind: virtualServer
        name: %s
        spec:
          address: 127.0.0.1
          port: %d
          protocol: HTTP
          defaultTargetGroup: web
        """
                .formatted(name, port);
    }

    @Test
    void rollsBackTheWholeClusterOrOneResource() throws IOException {
        client.put("lab", Drafts.server("shop", 8080, "web"), WriteOptions.CREATE);
        long good = client.revisions("lab", PageQuery.FIRST).items().getFirst().number();
        client.setTargetState("lab", "web", "a", Target.AdminState.OFFLINE);
        Versioned<ResourceView> shop = client.get("lab", Kind.VIRTUAL_SERVER, "shop");
        client.delete(
                "lab",
                new Reference(Kind.VIRTUAL_SERVER, "shop"),
                WriteOptions.replacing(shop.etag()));

        Reference group = new Reference(Kind.TARGET_GROUP, "web");
        assertThat(client.rollback("lab", good, group, true, "").changes()).hasSize(1);
        ApplyResult one = client.rollback("lab", good, group, false, "back online");
        assertThat(one.changes().getFirst().differences())
                .extracting(Difference::path)
                .containsExactly("spec.targets[a].adminState");
        assertThat(client.get("lab", Kind.TARGET_GROUP, "web").value().draft())
                .isEqualTo(Drafts.group("web"));

        ApplyResult all = client.rollback("lab", good, null, false, "");
        assertThat(all.changes()).extracting(ResourceChange::name).containsExactly("shop");
        ResourceView restored = client.get("lab", Kind.VIRTUAL_SERVER, "shop").value();
        assertThat(restored.draft()).isEqualTo(shop.value().draft());
        assertThat(restored.resource().metadata().index())
                .as("an index is never used again")
                .isGreaterThan(shop.value().resource().metadata().index());
        assertThat(client.revisions("lab", PageQuery.FIRST).items())
                .extracting(summary -> summary.comment())
                .startsWith("rollback to revision " + good, "back online");
    }

    @Test
    void rollsAReplacedCertificateBackWithItsKey() throws IOException {
        putCertificate();
        long good = client.revisions("lab", PageQuery.FIRST).items().getFirst().number();
        Certificate former = storedCertificate();
        Identity next = running.admin().authority().issue("next", List.of("next.example"));
        client.put(
                "lab",
                Draft.of("shop", new Certificate(next.chainPem(), next.keyPem())),
                WriteOptions.replacing(client.get("lab", Kind.CERTIFICATE, "shop").etag()));
        assertThat(storedCertificate().privateKey()).isEqualTo(next.keyPem());

        client.rollback("lab", good, new Reference(Kind.CERTIFICATE, "shop"), false, "");

        assertThat(storedCertificate()).isEqualTo(former);
        assertThat(former.privateKey()).isNotNull().isNotEqualTo(next.keyPem());
    }

    /// As it is stored, with the key that no answer tells.
    private Certificate storedCertificate() {
        Configuration now = running.admin().ledger().current("lab").orElseThrow();
        return (Certificate) now.find(Kind.CERTIFICATE, "shop").orElseThrow().spec();
    }

    @Test
    void comparesTwoRevisions() throws IOException {
        client.setTargetState("lab", "web", "a", Target.AdminState.DRAIN);
        client.setTargetState("lab", "web", "b", Target.AdminState.DRAIN);
        long newest = client.revisions("lab", PageQuery.FIRST).items().getFirst().number();
        assertThat(client.revisionDiff("lab", newest, 0).changes().getFirst().differences())
                .extracting(Difference::path)
                .containsExactly("spec.targets[b].adminState");
        assertThat(
                        client.revisionDiff("lab", newest, newest - 2)
                                .changes()
                                .getFirst()
                                .differences())
                .hasSize(2);
        assertThat(client.revision("lab", newest).changes()).hasSize(1);
    }

    @Test
    void answersWithItsOwnWriteThoughAnotherFollowsAtOnce() throws IOException {
        Versioned<ResourceView> first = client.get("lab", Kind.TARGET_GROUP, "web");
        try (Subscription _ = running.admin().ledger().subscribe(overwriting("web"))) {
            Versioned<ResourceView> written =
                    client.put("lab", Drafts.group("web", 7), WriteOptions.replacing(first.etag()));
            assertThat(written.etag()).isEqualTo("\"3\"");
            assertThat(written.value().draft()).isEqualTo(Drafts.group("web", 7));
        }
        assertThat(client.get("lab", Kind.TARGET_GROUP, "web").etag()).isEqualTo("\"4\"");
    }

    /// Someone who replaces a group in the moment after its first change.
    private RevisionSource.Listener overwriting(String group) {
        Edit.Step step = new Edit.Put(Drafts.group(group, 9), Precondition.NONE);
        Edit edit = new Edit("lab", Edit.of(List.of(step)), "bob", "", false);
        return new RevisionSource.Listener() {
            @Override
            public void committed(Revision revision, @Nullable Configuration now) {
                try {
                    var _ = running.admin().ledger().edit(edit); // the second time changes nothing
                } catch (RefusedException refused) {
                    throw new IllegalStateException(refused);
                }
            }

            @Override
            public void deleted(String cluster) {}
        };
    }

    @Test
    void notesEachWriteOnceWithItsRevisionAndAnswer() throws IOException {
        client.setTargetState("lab", "web", "a", Target.AdminState.DRAIN);
        client.setTargetState("lab", "web", "a", Target.AdminState.DRAIN);
        Versioned<ResourceView> group = client.get("lab", Kind.TARGET_GROUP, "web");
        Reference web = new Reference(Kind.TARGET_GROUP, "web");
        client.delete("lab", web, WriteOptions.replacing(group.etag()));
        refused(() -> client.delete("lab", web, WriteOptions.replacing(group.etag())));
        assertThat(client.auditEvents(PageQuery.FIRST).items().reversed())
                .extracting(event -> event.action() + " " + event.after() + " " + event.result())
                .containsExactly(
                        "put 1 201",
                        "put 2 201",
                        "drain 3 200",
                        "drain 3 200",
                        "delete 4 204",
                        "delete null 412");
    }

    @Test
    void readsItsOwnExportBackWithoutAChange() throws IOException {
        putCertificate();
        client.put("lab", Drafts.server("shop", 8080, "web"), WriteOptions.CREATE);
        String exported = client.export("lab");
        assertThat(exported).doesNotContain("PRIVATE KEY");
        assertThat(client.apply("lab", exported, false, "").changes()).isEmpty();

        String edited = exported.replace("address: 10.0.0.2", "address: 10.0.0.3");
        ApplyResult applied = client.apply("lab", edited, false, "中文 why");
        assertThat(applied.changes()).hasSize(1);
        assertThat(client.revisions("lab", PageQuery.FIRST).items().getFirst().comment())
                .isEqualTo("中文 why");
    }

    @Test
    void createsAClusterFromAnExportInOneRevision() throws IOException {
        client.put("lab", Drafts.server("shop", 8080, "web"), WriteOptions.CREATE);
        String exported = client.export("lab").replace("name: lab", "name: copy");
        client.apply("copy", exported, false, "");
        assertThat(client.list("copy", Kind.VIRTUAL_SERVER, PageQuery.FIRST).items()).hasSize(1);
        assertThat(client.revisions("copy", PageQuery.FIRST).items()).hasSize(1);
    }

    @Test
    void namesEveryFaultOfEveryDocumentAtOnce() {
        ApiException refused =
                refused(() ->
                        client.apply(
                                "lab",
                                """
                                kind: targetGroup
                                name: one
                                spec: { algoritm: roundRobin }
                                ---
                                kind: virtualServer
                                name: two
                                spec: { port: 70000, rules: [ { name: a } ] }
                                """,
                                false,
                                ""));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.errors())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "[0].spec.algoritm", "[1].spec.port", "[1].spec.rules[0].action");
    }

    @Test
    void cutsListsIntoPartsAndSelectsByLabels() throws IOException {
        for (int i = 0; i < 5; i++) {
            Draft<?> plain = Drafts.group("g" + i);
            client.put(
                    "lab",
                    new Draft<>(
                            plain.name(),
                            "",
                            Map.of("even", i % 2 == 0 ? "yes" : "no"),
                            plain.spec()),
                    WriteOptions.CREATE);
        }
        PageQuery query = new PageQuery(2, null, "even=yes");
        Page<ResourceView> first = client.list("lab", Kind.TARGET_GROUP, query);
        assertThat(first.items()).extracting(ResourceView::name).containsExactly("g0", "g2");
        Page<ResourceView> rest = client.list("lab", Kind.TARGET_GROUP, query.after(first.next()));
        assertThat(rest.items()).extracting(ResourceView::name).containsExactly("g4");
        assertThat(rest.next()).isNull();
    }

    @Test
    void readsACertificateAndProvesItsKey() throws IOException {
        putCertificate();
        Versioned<ResourceView> stored = client.get("lab", Kind.CERTIFICATE, "shop");
        ResourceStatus status = stored.value().status();
        assertThat(status.certificate().names()).containsExactly("shop.example", "127.0.0.1");
        assertThat(status.certificate().notAfter()).isAfter(Instant.now());
        assertThat(((Certificate) stored.value().resource().spec()).privateKey()).isNull();

        Identity other = running.admin().authority().issue("other", List.of("other.example"));
        Identity mine = running.admin().authority().issue("mine", List.of("mine.example"));
        ApiException refused =
                refused(() ->
                        client.put(
                                "lab",
                                Draft.of("mixed", new Certificate(mine.chainPem(), other.keyPem())),
                                WriteOptions.CREATE));
        assertThat(refused.errors()).extracting(Problem::path).containsExactly("spec.privateKey");
        assertThat(refused.toString()).doesNotContain("BEGIN PRIVATE KEY");
    }

    @Test
    void showsRefusalsOfNodesOnTheVirtualServerThatCausedThem() throws IOException {
        Versioned<ResourceView> shop =
                client.put("lab", Drafts.server("shop", 8080, "web"), WriteOptions.CREATE);
        long revision = shop.value().resource().metadata().revision();
        assertThat(shop.value().status().provisioning())
                .isEqualTo(ResourceStatus.Provisioning.PENDING);
        Rollout.Rejection rejection =
                new Rollout.Rejection(
                        new Reference(Kind.VIRTUAL_SERVER, "shop"),
                        revision,
                        "spec.port",
                        "cannot bind");
        running.admin()
                .connect(
                        fixed(
                                new Rollout(
                                        "lab",
                                        revision,
                                        Map.of(
                                                "n1", node("n1", revision, List.of()),
                                                "n2", node("n2", revision, List.of(rejection))))));
        ResourceStatus status = client.get("lab", Kind.VIRTUAL_SERVER, "shop").value().status();
        assertThat(status.provisioning()).isEqualTo(ResourceStatus.Provisioning.REJECTED);
        assertThat(status.appliedNodes()).isEqualTo(1);
        assertThat(status.rejections())
                .containsExactly(
                        new ResourceStatus.NodeRejection(
                                "n2", revision, "spec.port", "cannot bind"));
        assertThat(client.rollout("lab").orElseThrow().nodes()).containsOnlyKeys("n1", "n2");
    }

    @Test
    void deletesAClusterOnlyWhereItIsNotProtected() throws IOException {
        Versioned<ResourceView> lab = client.get("", Kind.CLUSTER, "lab");
        Draft<?> safe =
                Draft.of("lab", new dev.weir.model.Cluster(dev.weir.model.Engine.EMBEDDED, true));
        Versioned<ResourceView> saved = client.put("lab", safe, WriteOptions.replacing(lab.etag()));
        Reference cluster = new Reference(Kind.CLUSTER, "lab");
        assertThat(
                        refused(() ->
                                        client.delete(
                                                "lab",
                                                cluster,
                                                WriteOptions.replacing(saved.etag())))
                                .status())
                .isEqualTo(409);
        Versioned<ResourceView> open =
                client.put("lab", Drafts.cluster("lab"), WriteOptions.replacing(saved.etag()));
        client.delete("lab", cluster, WriteOptions.replacing(open.etag()));
        assertThat(client.clusters().items()).isEmpty();
        client.put("lab", Drafts.cluster("lab"), WriteOptions.CREATE);
        assertThat(client.list("lab", Kind.TARGET_GROUP, PageQuery.FIRST).items()).isEmpty();
        assertThat(client.revisions("lab", PageQuery.FIRST).items()).hasSize(1);
    }

    @Test
    void keepsAVirtualServerOfAnyFormAsItWasSent() throws IOException {
        Draft<VirtualServer> shop = Drafts.server("shop", 8080, "web");
        Draft<?> odd = new Draft<>("shop", "no: \"yes\"\n# 中文", Map.of("~", "null"), shop.spec());
        client.put("lab", odd, WriteOptions.CREATE);
        assertThat(client.get("lab", Kind.VIRTUAL_SERVER, "shop").value().draft()).isEqualTo(odd);
    }

    private void putCertificate() throws IOException {
        Identity identity =
                running.admin().authority().issue("shop", List.of("shop.example", "127.0.0.1"));
        client.put(
                "lab",
                Draft.of("shop", new Certificate(identity.chainPem(), identity.keyPem())),
                WriteOptions.CREATE);
    }

    private static Rollout.NodeRollout node(
            String name, long applied, List<Rollout.Rejection> rejections) {
        return new Rollout.NodeRollout(
                name, true, applied, Instant.parse("2026-11-23T08:00:00Z"), rejections);
    }

    private static RolloutStatusSource fixed(Rollout rollout) {
        return new RolloutStatusSource() {
            @Override
            public Optional<Rollout> rollout(String cluster) {
                return Optional.of(rollout);
            }

            @Override
            public dev.weir.model.Subscription subscribe(Consumer<Rollout> listener) {
                return () -> {};
            }
        };
    }

    private static ApiException refused(Executable call) {
        return catchThrowableOfType(ApiException.class, call::execute);
    }
}
