package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

class ProblemIndexTest {
    private static final int EDITS = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsWhatALookAtEverythingFinds(long seed) {
        Random random = new Random(seed);
        Configuration now = Samples.configuration();
        ProblemIndex index = new ProblemIndex(now);
        int faulty = 0;
        for (int i = 0; i < EDITS; i++) {
            List<Change> changes = changes(random, now);
            Configuration after = now.with(changes, i + 1);
            var found = index.problemsAfter(changes, after);
            assertThat(words(found)).isEqualTo(words(after.problems()));
            assertThat(words(index.problems())).isEqualTo(words(now.problems()));
            if (random.nextInt(4) > 0) { // else a dry run, or refused
                index.follow(changes, after, found);
                now = after;
            }
            faulty += found.size();
        }
        assertThat(faulty).isPositive();
    }

    /// Without the nearest name, which is that of the time when the problem came.
    private static Map<Reference, List<String>> words(Map<Reference, List<Problem>> problems) {
        Map<Reference, List<String>> words = new HashMap<>();
        problems.forEach((resource, all) ->
                words.put(
                        resource,
                        all.stream()
                                .map(one ->
                                        one.path()
                                                + " "
                                                + one.message().replaceAll("; did you mean.*", ""))
                                .toList()));
        return words;
    }

    private static List<Change> changes(Random random, Configuration now) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            names.add((random.nextBoolean() ? "s" : "g") + random.nextInt(5));
        }
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            Kind kind = name.startsWith("s") ? Kind.VIRTUAL_SERVER : Kind.TARGET_GROUP;
            Resource<?> before = now.find(kind, name).orElse(null);
            Resource<?> after =
                    random.nextInt(3) == 0 ? null : Samples.stored(name, spec(kind, random));
            if (before != null || after != null) {
                changes.add(new Change(kind, name, before, after));
            }
        }
        return changes;
    }

    private static Spec spec(Kind kind, Random random) {
        return kind == Kind.TARGET_GROUP
                ? new TargetGroup(
                        TargetGroup.Algorithm.ROUND_ROBIN, null, Duration.ofSeconds(1), List.of())
                : new VirtualServer(
                        "127.0.0.1",
                        80 + random.nextInt(3),
                        VirtualServer.Protocol.HTTP,
                        random.nextInt(4) == 0
                                ? VirtualServer.AdminState.DISABLED
                                : VirtualServer.AdminState.ENABLED,
                        List.of(),
                        null,
                        List.of(),
                        random.nextInt(4) == 0 ? null : "g" + random.nextInt(5));
    }
}
