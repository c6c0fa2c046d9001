package dev.weir.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Draft;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class DiffTest {
    private static final Target A = target("a", 1);
    private static final Target B = target("b", 1);

    @Test
    void comparesNamedThingsByNameAndNotByPlace() {
        assertThat(paths(group(A, B), group(target("new", 1), A, target("b", 5))))
                .containsExactly("spec.targets[new]", "spec.targets[b].weight");
    }

    @Test
    void tellsANewOrderOnceAtTheList() {
        assertThat(paths(group(A, B), group(B, A))).containsExactly("spec.targets");
    }

    @Test
    void tellsWhatIsGone() {
        List<Difference> differences = Diff.between(group(A, B), group(A));
        assertThat(differences).hasSize(1);
        assertThat(differences.getFirst().path()).isEqualTo("spec.targets[b]");
        assertThat(differences.getFirst().after()).isNull();
    }

    @Test
    void rendersAUnifiedDiffOfTheYaml() {
        assertThat(TextDiff.between(group(A, B), group(A, target("b", 5))))
                .startsWith("--- a/targetGroup/web", "+++ b/targetGroup/web")
                .contains("-      weight: 1", "+      weight: 5");
        assertThat(TextDiff.between(group(A), group(A))).isEmpty();
        assertThat(TextDiff.between(null, group(A))).contains("--- /dev/null", "+name: web");
    }

    private static List<String> paths(Draft<?> before, Draft<?> after) {
        return Diff.between(before, after).stream().map(Difference::path).toList();
    }

    private static Draft<TargetGroup> group(Target... targets) {
        return Draft.of(
                "web",
                new TargetGroup(
                        TargetGroup.Algorithm.ROUND_ROBIN,
                        null,
                        Duration.ofSeconds(5),
                        List.of(targets)));
    }

    private static Target target(String name, int weight) {
        return new Target(name, "10.0.0." + name.length(), 80, weight, Target.AdminState.ENABLED);
    }
}
