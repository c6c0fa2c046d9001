package dev.weir.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import dev.weir.e2e.architecture.admin.ReachesIntoController;
import dev.weir.e2e.architecture.console.BadViewModel;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Holds the arrows of docs/ARCHITECTURE.md, and proves with broken samples that each rule bites.
class ArchitectureTest {
    /// What each module may import of the house; itself always.
    private static final Map<String, List<String>> ARROWS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("model", List.of()),
                            Map.entry("profile", List.of()),
                            Map.entry("api", List.of("model")),
                            Map.entry("snmp", List.of("model")),
                            Map.entry("xds", List.of("model")),
                            Map.entry("admin", List.of("api", "model")),
                            Map.entry("controller", List.of("xds", "model")),
                            Map.entry("proxy", List.of("xds", "model")),
                            Map.entry("agent", List.of("api", "snmp", "model")),
                            Map.entry("diagnoser", List.of("api", "model")),
                            Map.entry("cli", List.of("api", "profile", "snmp", "model")),
                            Map.entry("console", List.of("api", "profile", "snmp", "model"))));

    private static JavaClasses house;

    @BeforeAll
    static void importHouse() {
        house =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("/e2e/"))
                        .withImportOption(location -> !location.contains("/testkit/"))
                        .importPackages("dev.weir");
    }

    @Test
    void seesEveryModule() {
        for (String module : ARROWS.keySet()) {
            assertThat(house.that(resideInAPackage("dev.weir." + module + "..")))
                    .as("classes of module %s", module)
                    .isNotEmpty();
        }
    }

    @Test
    void partsKnowOnlyWhatTheirArrowsAllow() {
        ARROWS.forEach((module, allowed) -> arrows(module, allowed).check(house));
    }

    @Test
    void modelIsPure() {
        modelIsPureRule().check(house);
    }

    @Test
    void xdsDoesNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage("dev.weir.xds..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..", "java.nio.channels..", "io.grpc..", "io.netty..")
                .because(
                        "translation and stream state are decided purely and carried out by their callers")
                .check(house);
    }

    @Test
    void viewModelsHaveNoSceneGraph() {
        viewModelsRule().check(house);
    }

    @Test
    void namesSayWhatTheyAre() {
        namesRule().check(house);
    }

    @Test
    void packagesOfAModuleDoNotFormCircles() {
        for (String module : ARROWS.keySet()) {
            slices().matching("dev.weir." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(house);
        }
    }

    @Test
    void onlyMainsEndTheProcess() {
        noClasses()
                .that(resideOutsideOfPackage("dev.weir.bundle..").and(notMain()))
                .should()
                .callMethod(System.class, "exit", int.class)
                .because("a library never decides that the process ends")
                .check(house);
    }

    @Test
    void everyRuleBites() {
        JavaClasses broken =
                new ClassFileImporter()
                        .importClasses(ReachesIntoController.class, BadViewModel.class);

        assertThat(
                        arrowsUnder("dev.weir.e2e.architecture", "admin", List.of("api"))
                                .evaluate(broken))
                .matches(result -> result.hasViolation());
        assertThat(viewModelsRule().evaluate(broken)).matches(result -> result.hasViolation());
        assertThat(namesRule().evaluate(new ClassFileImporter().importClasses(NameUtils.class)))
                .matches(result -> result.hasViolation());
    }

    /// A name that the naming rule must refuse.
    static final class NameUtils {}

    private static ArchRule arrows(String module, List<String> allowed) {
        return arrowsUnder("dev.weir", module, allowed);
    }

    private static ArchRule arrowsUnder(String base, String module, List<String> allowed) {
        List<String> packages = new ArrayList<>(List.of(base + "." + module + ".."));
        allowed.forEach(name -> packages.add("dev.weir." + name + ".."));
        DescribedPredicate<JavaClass> forbidden =
                resideInAPackage("dev.weir..")
                        .and(
                                DescribedPredicate.not(
                                        resideInAnyPackage(packages.toArray(String[]::new))));
        return noClasses()
                .that()
                .resideInAPackage(base + "." + module + "..")
                .should()
                .dependOnClassesThat(forbidden)
                .because(module + " may import " + (allowed.isEmpty() ? "nothing" : allowed));
    }

    private static ArchRule modelIsPureRule() {
        return classes()
                .that()
                .resideInAPackage("dev.weir.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.weir.model..",
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.net",
                        "java.io",
                        "org.jspecify..")
                .because("everything speaks the model, so it may need nothing but JSpecify");
    }

    private static ArchRule viewModelsRule() {
        return noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..")
                .because("a ViewModel is tested without a toolkit");
    }

    private static ArchRule namesRule() {
        return noClasses()
                .should()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .because("a name says what the class is, not that it exists");
    }

    private static DescribedPredicate<JavaClass> notMain() {
        return DescribedPredicate.describe(
                "has no main method",
                javaClass ->
                        Arrays.stream(javaClass.getMethods().toArray())
                                .noneMatch(method -> method.toString().contains(".main(")));
    }
}
