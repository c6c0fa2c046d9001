package dev.weir.console.targetgroup;

import dev.weir.console.editing.EditorFields;
import dev.weir.console.editing.EditorPane;
import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.Fields;
import dev.weir.console.targetgroup.GroupForm.MonitorForm;
import dev.weir.console.targetgroup.GroupForm.TargetForm;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Field;
import dev.weir.console.widget.Icons;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The fields of a target group with the review beside them.
///
/// Confined to the user interface's thread.
public final class GroupFields implements EditorFields {
    private final EditorViewModel<GroupForm> model;
    private final Messages messages;
    private final Fields<GroupForm> fields;
    private Fields<GroupForm> targetFields;
    private final VBox targets = Boxes.column(8);
    private final EditorPane content;
    private int shownTargets = -1;

    public GroupFields(EditorViewModel<GroupForm> model, Messages messages) {
        this.model = model;
        this.messages = messages;
        this.fields = new Fields<>(model);
        this.targetFields = new Fields<>(model);
        targets.getStyleClass().add("panel-body");
        VBox form =
                Boxes.column(
                        12,
                        Boxes.panel(messages.text("group.balance"), balance()),
                        Boxes.panel(
                                messages.text("targets.title"),
                                targets,
                                Buttons.plain(
                                        Icons.ADD,
                                        messages.text("group.add-target"),
                                        this::addTarget)),
                        monitor());
        content = new EditorPane(form, model, messages);
        fields.onShow(this::showTargets);
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public void close() {
        fields.close();
        targetFields.close();
        content.close();
    }

    private Node balance() {
        GridPane grid = Boxes.grid(34, 33, 33);
        int row = 0;
        if (model.isNew()) {
            grid.add(
                    fields.text(
                            messages.text("server.name"),
                            "name",
                            GroupForm::name,
                            GroupForm::withName,
                            "mono"),
                    0,
                    row);
            row++;
        }
        grid.add(
                fields.choice(
                        messages.text("group.algorithm"),
                        "spec.algorithm",
                        _ -> List.of(TargetGroup.Algorithm.values()),
                        messages::word,
                        GroupForm::algorithm,
                        GroupForm::withAlgorithm),
                0,
                row);
        grid.add(
                fields.text(
                        messages.text("group.connect-timeout"),
                        "spec.connectTimeout",
                        GroupForm::connectTimeout,
                        GroupForm::withConnectTimeout,
                        "number"),
                1,
                row);
        grid.add(
                fields.text(
                        messages.text("server.description"),
                        "description",
                        GroupForm::description,
                        GroupForm::withDescription),
                2,
                row);
        row++;
        grid.add(fields.labels(messages), 0, row, 3, 1);
        return grid;
    }

    private Node monitor() {
        CheckBox on = new CheckBox(messages.text("group.monitor.on"));
        on.selectedProperty()
                .addListener((_, _, yes) -> {
                    if (!fields.isShowing()) {
                        model.edit(
                                "spec.healthMonitor",
                                form -> form.withMonitor(yes ? MonitorForm.BLANK : null));
                    }
                });
        GridPane grid = Boxes.grid(34, 33, 33);
        grid.add(monitorField("path", MonitorForm::path, MonitorForm::withPath, "mono"), 0, 0);
        grid.add(monitorField("host", MonitorForm::host, MonitorForm::withHost, "mono"), 1, 0);
        grid.add(
                monitorField(
                        "expectedStatuses",
                        MonitorForm::statuses,
                        MonitorForm::withStatuses,
                        "mono"),
                2,
                0);
        grid.add(
                monitorField(
                        "interval", MonitorForm::interval, MonitorForm::withInterval, "number"),
                0,
                1);
        grid.add(
                monitorField("timeout", MonitorForm::timeout, MonitorForm::withTimeout, "number"),
                1,
                1);
        grid.add(
                monitorField(
                        "healthyThreshold",
                        MonitorForm::healthy,
                        MonitorForm::withHealthy,
                        "number"),
                0,
                2);
        grid.add(
                monitorField(
                        "unhealthyThreshold",
                        MonitorForm::unhealthy,
                        MonitorForm::withUnhealthy,
                        "number"),
                1,
                2);
        grid.managedProperty().bind(grid.visibleProperty());
        fields.onShow(() -> {
            on.setSelected(model.form().monitor() != null);
            grid.setVisible(model.form().monitor() != null);
        });
        return Boxes.panel(messages.text("group.monitor"), grid, on);
    }

    private Field monitorField(
            String field,
            Function<MonitorForm, String> get,
            BiFunction<MonitorForm, String, MonitorForm> set,
            String styleClass) {
        return fields.text(
                messages.text("group.monitor." + field),
                "spec.healthMonitor." + field,
                form -> form.monitor() == null ? "" : get.apply(form.monitor()),
                (form, typed) ->
                        form.monitor() == null
                                ? form
                                : form.withMonitor(set.apply(form.monitor(), typed)),
                styleClass);
    }

    /// Rows are made anew only when their number changes, so that the keyboard stays where it is.
    private void showTargets() {
        int count = model.form().targets().size();
        if (count == shownTargets) {
            return;
        }
        shownTargets = count;
        targetFields.close();
        targetFields = new Fields<>(model);
        List<Node> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(targetRow(i));
        }
        if (rows.isEmpty()) {
            rows.add(Boxes.paragraph(messages.text("group.no-targets"), "muted"));
        }
        targets.getChildren().setAll(rows);
    }

    private Node targetRow(int index) {
        Field name =
                target(
                        index,
                        "column.name",
                        "name",
                        TargetForm::name,
                        TargetForm::withName,
                        "mono");
        Field address =
                target(
                        index,
                        "column.address",
                        "address",
                        TargetForm::address,
                        TargetForm::withAddress,
                        "mono");
        Field port =
                target(
                        index,
                        "server.port",
                        "port",
                        TargetForm::port,
                        TargetForm::withPort,
                        "number");
        Field weight =
                target(
                        index,
                        "column.weight",
                        "weight",
                        TargetForm::weight,
                        TargetForm::withWeight,
                        "number");
        Field state =
                targetFields.choice(
                        messages.text("column.state"),
                        "spec.targets[" + index + "].adminState",
                        _ -> List.of(Target.AdminState.values()),
                        messages::word,
                        form -> at(form, index).state(),
                        (form, chosen) ->
                                form.withTarget(index, at(form, index).withState(chosen)));
        name.setPrefWidth(130);
        address.setPrefWidth(170);
        port.setPrefWidth(80);
        weight.setPrefWidth(80);
        state.setPrefWidth(120);
        HBox.setHgrow(address, Priority.ALWAYS);
        HBox row =
                new HBox(
                        8,
                        name,
                        address,
                        port,
                        weight,
                        state,
                        Buttons.icon(
                                Icons.DELETE,
                                messages.text("group.remove-target"),
                                () -> removeTarget(index)));
        row.setAlignment(Pos.BOTTOM_LEFT);
        return row;
    }

    private Field target(
            int index,
            String key,
            String field,
            Function<TargetForm, String> get,
            BiFunction<TargetForm, String, TargetForm> set,
            String styleClass) {
        return targetFields.text(
                messages.text(key),
                "spec.targets[" + index + "]." + field,
                form -> get.apply(at(form, index)),
                (form, typed) -> form.withTarget(index, set.apply(at(form, index), typed)),
                styleClass);
    }

    private static TargetForm at(GroupForm form, int index) {
        return index < form.targets().size()
                ? form.targets().get(index)
                : new TargetForm("", "", "", "", Target.AdminState.ENABLED);
    }

    private void addTarget() {
        int number = model.form().targets().size() + 1;
        model.edit(
                "targets.add" + number,
                form -> {
                    List<TargetForm> list = new ArrayList<>(form.targets());
                    list.add(
                            new TargetForm("t" + number, "", "80", "1", Target.AdminState.ENABLED));
                    return form.withTargets(list);
                });
    }

    private void removeTarget(int index) {
        model.edit(
                "targets.remove" + index,
                form -> {
                    List<TargetForm> list = new ArrayList<>(form.targets());
                    list.remove(index);
                    return form.withTargets(list);
                });
    }
}
