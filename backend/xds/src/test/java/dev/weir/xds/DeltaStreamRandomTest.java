package dev.weir.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Change;
import dev.weir.model.Engine;
import dev.weir.model.Kind;
import dev.weir.model.RouteAction;
import dev.weir.model.RouteMatch;
import dev.weir.model.RouteRule;
import dev.weir.testkit.InMemoryRevisions;
import dev.weir.testkit.SampleSpecs;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Any order of edits, answers, refusals and reconnects ends in the declared state, and on the way
/// no route ever leads to a cluster that is not there ([SimulatedNode] watches).
class DeltaStreamRandomTest {
    private static final int RUNS = 100;
    private static final int STEPS = 120;
    private static final List<XdsType> REFUSABLE =
            List.of(XdsType.CLUSTER, XdsType.LISTENER, XdsType.ROUTE);
    private static final List<String> GROUPS = List.of("g1", "g2", "g3", "g4");
    private static final List<String> SERVERS = List.of("v1", "v2", "v3");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void alwaysEndsInTheDeclaredStateWithoutARouteThatLeadsNowhere(int family) {
        for (int run = 0; run < RUNS; run++) {
            long seed = family * 1_000_000L + run;
            try {
                new Run(seed).go();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + seed, failed);
            }
        }
    }

    /// One random history.
    private static final class Run {
        private final Random random;
        private final InMemoryRevisions declared = new InMemoryRevisions("test", Engine.ENVOY);
        private Translation translation = new Translation();
        private final SimulatedNode node = new SimulatedNode();
        private final Set<String> refusedVersions = new HashSet<>();
        private int unique;

        Run(long seed) {
            random = new Random(seed);
            node.judge =
                    (type, resource) ->
                            refusedVersions.contains(resource.getVersion())
                                    ? (random.nextBoolean() ? resource.getName() + ": " : "") + "no"
                                    : null;
        }

        void go() {
            node.connect(translation);
            translation.replaceAll(declared.now());
            node.stream.changed(Set.of());
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2 -> edit();
                    case 3 -> refuseSomething();
                    case 4 -> {
                        if (random.nextInt(6) == 0) {
                            translation = Translation.of(declared.now());
                            node.connect(translation);
                        }
                    }
                    case 5 -> node.nanos += random.nextLong(4_000_000_000L);
                    default -> {
                        node.pump();
                        if (node.hasUnanswered()) {
                            node.answer();
                        }
                    }
                }
            }
            refusedVersions.clear();
            touchEverything();
            node.settle();
            assertDone();
        }

        private void edit() {
            List<Change> changes = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                boolean group = random.nextBoolean();
                String name = any(group ? GROUPS : SERVERS);
                Kind kind = group ? Kind.TARGET_GROUP : Kind.VIRTUAL_SERVER;
                if (!names.add(name)) {
                    continue;
                }
                boolean exists = declared.now().find(kind, name).isPresent();
                if (exists && random.nextInt(3) == 0) {
                    changes.add(declared.removal(kind, name));
                } else {
                    changes.add(
                            declared.change(
                                    name,
                                    group ? SampleSpecs.group(1 + random.nextInt(9)) : server()));
                }
            }
            commit(changes);
        }

        private dev.weir.model.VirtualServer server() {
            RouteRule rule =
                    new RouteRule(
                            "r",
                            RouteMatch.EVERYTHING,
                            new RouteAction.Forward(
                                    List.of(
                                            new RouteAction.Weighted(any(GROUPS), 1),
                                            new RouteAction.Weighted(any(GROUPS), 2))));
            return SampleSpecs.http(1 + random.nextInt(60000), any(GROUPS), rule);
        }

        /// From now on the node refuses the present content of one resource.
        private void refuseSomething() {
            XdsType type = REFUSABLE.get(random.nextInt(REFUSABLE.size()));
            List<XdsResource> all = List.copyOf(translation.all(type).values());
            if (!all.isEmpty()) {
                refusedVersions.add(all.get(random.nextInt(all.size())).version());
            }
        }

        /// Gives every object new content, so that nothing refused is left.
        private void touchEverything() {
            List<Change> changes = new ArrayList<>();
            for (String name : GROUPS) {
                changes.add(
                        declared.change(
                                name,
                                new dev.weir.model.TargetGroup(
                                        dev.weir.model.TargetGroup.Algorithm.ROUND_ROBIN,
                                        null,
                                        java.time.Duration.ofMillis(1000 + ++unique),
                                        SampleSpecs.group(1).targets())));
            }
            for (String name : SERVERS) {
                changes.add(
                        declared.change(
                                name,
                                SampleSpecs.http(
                                        60001 + ++unique,
                                        "g1",
                                        SampleSpecs.rule("n", List.of(), "/" + unique, "g2"))));
            }
            commit(changes);
        }

        private void commit(List<Change> changes) {
            if (!changes.isEmpty()) {
                node.stream.changed(translation.apply(declared.commit(changes), declared.now()));
            }
        }

        private void assertDone() {
            for (XdsType type : XdsType.values()) {
                if (type == XdsType.SECRET) {
                    continue;
                }
                translation
                        .all(type)
                        .forEach((name, resource) ->
                                assertThat(node.versions(type))
                                        .containsEntry(name, resource.version()));
                assertThat(node.held.get(type)).hasSameSizeAs(translation.all(type));
            }
            assertThat(node.stream.rejected()).isEmpty();
            assertThat(node.stream.applied()).isEqualTo(declared.now().revision());
        }

        private String any(List<String> names) {
            return names.get(random.nextInt(names.size()));
        }
    }
}
