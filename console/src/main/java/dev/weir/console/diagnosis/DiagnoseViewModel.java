package dev.weir.console.diagnosis;

import dev.weir.console.session.AdminSession;
import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.session.SessionException;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.task.Background;
import dev.weir.console.text.Failure;
import dev.weir.model.Credential;
import dev.weir.model.Diagnosis;
import dev.weir.model.Operation;
import dev.weir.model.OperationSet;
import dev.weir.model.Parameters;
import dev.weir.model.Problem;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What to diagnose, before it begins: where, with which operations, and their parameters.
///
/// Confined to the user interface's thread.
public final class DiagnoseViewModel {
    private static final String NEEDED = "url";

    private final LiveSession session;
    private final LiveCluster cluster;
    private final @Nullable String virtualServer;
    private final Background background;
    private final Desk desk;
    private final ObservableList<OperationSet> sets = FXCollections.observableArrayList();
    private final ObservableList<String> credentials = FXCollections.observableArrayList("");
    private final ObservableList<Parameter> parameters = FXCollections.observableArrayList();
    private final ObservableList<Problem> problems = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable OperationSet> set = new SimpleObjectProperty<>();
    private final StringProperty node = new SimpleStringProperty("");
    private final StringProperty credential = new SimpleStringProperty("");
    private final StringProperty reason = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
    private final Map<String, StringProperty> typed = new HashMap<>();
    private Map<String, Operation> operations = Map.of();

    /// One parameter of the chosen operations.
    ///
    /// @param usual what the operations say by themselves; empty where they differ or say nothing
    /// @param choices all that it can be, or empty where it is typed
    public record Parameter(String name, String usual, List<String> choices) {}

    private record Catalog(
            List<OperationSet> sets, List<Operation> operations, List<Credential> credentials) {}

    /// @param virtualServer what raised the question, or null
    public DiagnoseViewModel(
            LiveSession session,
            LiveCluster cluster,
            @Nullable String virtualServer,
            Background background,
            Desk desk) {
        this.session = session;
        this.cluster = cluster;
        this.virtualServer = virtualServer;
        this.background = background;
        this.desk = desk;
        nodes().stream().findFirst().ifPresent(node::set);
        set.addListener((_, _, _) -> choose());
        background.run(
                () ->
                        new Catalog(
                                admin().operationSets(),
                                admin().operations(),
                                admin().credentials()),
                this::show,
                this::failed);
    }

    public LiveCluster cluster() {
        return cluster;
    }

    /// What raised the question, or null.
    public @Nullable String virtualServer() {
        return virtualServer;
    }

    /// The nodes of the cluster, by name.
    public List<String> nodes() {
        return List.copyOf(cluster.configuration().nodes().keySet());
    }

    public ObservableList<OperationSet> sets() {
        return sets;
    }

    /// Names of credentials; the first is empty and stands for none.
    public ObservableList<String> credentials() {
        return credentials;
    }

    public ObjectProperty<@Nullable OperationSet> setProperty() {
        return set;
    }

    public StringProperty nodeProperty() {
        return node;
    }

    public StringProperty credentialProperty() {
        return credential;
    }

    public StringProperty reasonProperty() {
        return reason;
    }

    /// The parameters of the chosen operations.
    public ObservableList<Parameter> parameters() {
        return parameters;
    }

    /// What was typed for a parameter; empty leaves it as the operations say.
    public StringProperty typed(String parameter) {
        return typed.computeIfAbsent(
                parameter,
                _ -> {
                    StringProperty made = new SimpleStringProperty("");
                    made.addListener((_, _, _) -> judge());
                    return made;
                });
    }

    /// What is wrong, by the name of the parameter or `node`.
    public ObservableList<Problem> problems() {
        return problems;
    }

    /// Whether something is being read or begun.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Why the server refused, in its words; empty where it did not.
    public ReadOnlyStringProperty failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /// Begins the run and shows it; does nothing while something is wrong.
    public void start(Runnable begun) {
        OperationSet chosen = set.get();
        if (chosen == null || busy.get() || !problems.isEmpty()) {
            return;
        }
        Diagnosis.Spec spec =
                new Diagnosis.Spec(
                        chosen.name(),
                        cluster.name(),
                        node.get(),
                        virtualServer,
                        overrides(),
                        credential.get().isEmpty() ? null : credential.get(),
                        reason.get().strip());
        busy.set(true);
        failure.set("");
        background.run(
                () -> admin().start(spec),
                run -> {
                    busy.set(false);
                    session.diagnosed(run);
                    begun.run();
                    desk.open(new Page.Run(run.id()));
                },
                this::failed);
    }

    private AdminSession admin() {
        return session.admin();
    }

    private void show(Catalog catalog) {
        busy.set(false);
        operations =
                catalog.operations().stream()
                        .collect(Collectors.toMap(Operation::name, Function.identity()));
        catalog.credentials().forEach(it -> credentials.add(it.name()));
        sets.setAll(catalog.sets());
        set.set(proposed(catalog.sets()));
        judge();
    }

    /// The proxy is the nearest to a virtual server's troubles, and what it does tells more than
    /// what it holds.
    private @Nullable OperationSet proposed(List<OperationSet> all) {
        return all.stream()
                .filter(it -> types(it).contains(Operation.Type.PROXY_PROFILE))
                .max(Comparator.comparing(it -> usual(it, "profile").equals("cpu")))
                .orElse(all.isEmpty() ? null : all.getFirst());
    }

    private List<Operation.Type> types(OperationSet of) {
        return of.steps().stream()
                .map(step -> operations.get(step.operation()))
                .filter(operation -> operation != null)
                .map(Operation::type)
                .toList();
    }

    private void choose() {
        OperationSet chosen = set.get();
        typed.clear();
        List<Parameter> found = new ArrayList<>();
        if (chosen != null) {
            SequencedSet<String> names = new LinkedHashSet<>();
            types(chosen).forEach(type -> names.addAll(type.parameters()));
            names.forEach(
                    name -> found.add(new Parameter(name, usual(chosen, name), choices(chosen))));
        }
        parameters.setAll(
                found.stream()
                        .map(it ->
                                it.name().equals("profile")
                                        ? it
                                        : new Parameter(it.name(), it.usual(), List.of()))
                        .toList());
        judge();
    }

    /// What the steps say of a parameter, where they agree.
    private String usual(OperationSet chosen, String name) {
        List<String> values =
                chosen.steps().stream()
                        .map(step -> declared(step).get(name))
                        .filter(value -> value != null)
                        .distinct()
                        .toList();
        return values.size() == 1 ? values.getFirst() : "";
    }

    private List<String> choices(OperationSet chosen) {
        return types(chosen).contains(Operation.Type.GO_PROFILE)
                ? List.of("", "cpu", "heap", "goroutine")
                : List.of("", "cpu", "heap");
    }

    private Map<String, String> declared(OperationSet.Step step) {
        Operation operation = operations.get(step.operation());
        Map<String, String> all = new HashMap<>();
        if (operation != null) {
            all.putAll(operation.parameters());
        }
        all.putAll(step.parameters());
        return all;
    }

    private Map<String, String> overrides() {
        Map<String, String> all = new TreeMap<>();
        typed.forEach((name, value) -> {
            if (!value.get().isBlank()) {
                all.put(name, value.get().strip());
            }
        });
        return all;
    }

    private void judge() {
        List<Problem> found = new ArrayList<>();
        OperationSet chosen = set.get();
        Map<String, String> given = overrides();
        if (node.get().isEmpty()) {
            found.add(new Problem("node", desk.messages().text("diagnose.no-node")));
        }
        if (chosen != null) {
            for (Operation.Type type : types(chosen)) {
                Map<String, String> known = new HashMap<>(given);
                known.keySet().retainAll(type.parameters());
                found.addAll(Parameters.problems(type, known));
            }
            boolean needsUrl =
                    chosen.steps().stream()
                            .anyMatch(step -> {
                                Operation operation = operations.get(step.operation());
                                return operation != null
                                        && operation.type() == Operation.Type.GO_PROFILE
                                        && !declared(step).containsKey(NEEDED);
                            });
            if (needsUrl && !given.containsKey(NEEDED)) {
                found.add(new Problem(NEEDED, desk.messages().text("diagnose.no-url")));
            }
        }
        problems.setAll(found.stream().distinct().toList());
    }

    private void failed(Exception why) {
        busy.set(false);
        failure.set(Failure.words(why));
        if (why instanceof SessionException refused) {
            List<Problem> more = new ArrayList<>(problems);
            refused.problems().stream().filter(it -> !more.contains(it)).forEach(more::add);
            problems.setAll(more);
        }
    }
}
