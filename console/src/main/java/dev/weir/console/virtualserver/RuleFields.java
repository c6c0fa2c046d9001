package dev.weir.console.virtualserver;

import dev.weir.console.editing.EditorViewModel;
import dev.weir.console.editing.Fields;
import dev.weir.console.text.Messages;
import dev.weir.console.virtualserver.RuleForm.RedirectForm;
import dev.weir.console.virtualserver.RuleForm.Share;
import dev.weir.console.widget.Boxes;
import dev.weir.console.widget.Buttons;
import dev.weir.console.widget.Field;
import dev.weir.console.widget.Icons;
import dev.weir.model.RouteMatch;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The fields of one rule.
///
/// Confined to the user interface's thread.
final class RuleFields {
    private final EditorViewModel<ServerForm> model;
    private final int place;
    private final Messages messages;
    private final Fields<ServerForm> fields;
    private Fields<ServerForm> actionFields;
    private final VBox action = Boxes.column(8);
    private final VBox content;
    private int shownShares = -1;
    private RuleForm.Does shownDoes = RuleForm.Does.FORWARD;

    RuleFields(EditorViewModel<ServerForm> model, int place, Messages messages) {
        this.model = model;
        this.place = place;
        this.messages = messages;
        this.fields = new Fields<>(model);
        this.actionFields = new Fields<>(model);
        GridPane grid = new GridPane(12, 8);
        for (int percent : new int[] {22, 26, 26, 26}) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(percent);
            grid.getColumnConstraints().add(column);
        }
        grid.add(
                text(fields, "rule.name", "name", RuleForm::name, RuleForm::withName, "mono"),
                0,
                0);
        grid.add(
                text(
                        fields,
                        "rule.hosts",
                        "match.hosts",
                        RuleForm::hosts,
                        RuleForm::withHosts,
                        "mono"),
                1,
                0);
        grid.add(
                choice(
                        fields,
                        "rule.path-type",
                        "match.path.type",
                        List.of(RouteMatch.Path.Type.values()),
                        messages::word,
                        RuleForm::pathType,
                        RuleForm::withPathType),
                2,
                0);
        grid.add(
                text(
                        fields,
                        "rule.path",
                        "match.path.value",
                        RuleForm::path,
                        RuleForm::withPath,
                        "mono"),
                3,
                0);
        Field does =
                choice(
                        fields,
                        "rule.does",
                        "does",
                        List.of(RuleForm.Does.values()),
                        messages::word,
                        RuleForm::does,
                        RuleForm::withDoes);
        does.setPrefWidth(130);
        does.setMinWidth(130);
        HBox.setHgrow(action, Priority.ALWAYS);

        content = Boxes.column(8, grid, new HBox(12, does, action));
        content.getStyleClass().add("rule-fields");
        fields.onShow(this::showAction);
    }

    Node node() {
        return content;
    }

    /// Ends the listening to the editor.
    void close() {
        fields.close();
        actionFields.close();
    }

    private void showAction() {
        if (!exists()) {
            return;
        }
        RuleForm rule = rule(model.form());
        if (rule.does() == shownDoes && rule.shares().size() == shownShares) {
            return;
        }
        actionFields.close();
        actionFields = new Fields<>(model);
        shownDoes = rule.does();
        shownShares = rule.shares().size();
        switch (rule.does()) {
            case FORWARD -> showShares(rule);
            case REDIRECT -> showRedirect();
        }
    }

    private void showShares(RuleForm rule) {
        List<Node> rows = new ArrayList<>();
        List<String> groups = List.copyOf(model.cluster().configuration().targetGroups().keySet());
        for (int i = 0; i < rule.shares().size(); i++) {
            int index = i;
            String at = "action.forward[" + i + "].";
            Field group =
                    choice(
                            actionFields,
                            "rule.group",
                            at + "targetGroup",
                            groups,
                            it -> it,
                            form -> share(form, index).group(),
                            (form, group1) ->
                                    withShare(
                                            form,
                                            index,
                                            new Share(group1, share(form, index).weight())));
            group.setPrefWidth(220);
            Field weight =
                    text(
                            actionFields,
                            "rule.weight",
                            at + "weight",
                            form -> share(form, index).weight(),
                            (form, typed) ->
                                    withShare(
                                            form,
                                            index,
                                            new Share(share(form, index).group(), typed)),
                            "number");
            weight.setPrefWidth(96);
            if (i > 0) {
                group.unlabelled();
                weight.unlabelled();
            }
            Node remove =
                    Buttons.icon(
                            Icons.DELETE,
                            messages.text("rule.share.remove"),
                            () -> removeShare(index));
            HBox row = new HBox(8, group, weight, remove);
            row.setAlignment(Pos.BOTTOM_LEFT);
            rows.add(row);
        }
        rows.add(Buttons.plain(Icons.ADD, messages.text("rule.share.add"), () -> addShare(groups)));
        action.getChildren().setAll(rows);
    }

    private void showRedirect() {
        GridPane grid = new GridPane(12, 8);
        for (int percent : new int[] {18, 25, 15, 27, 15}) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(percent);
            grid.getColumnConstraints().add(column);
        }
        String at = "action.redirect.";
        grid.add(
                choice(
                        actionFields,
                        "redirect.scheme",
                        at + "scheme",
                        List.of("", "http", "https"),
                        it -> it.isEmpty() ? messages.text("redirect.keep") : it,
                        it -> it.redirect().scheme(),
                        (it, scheme) -> with(it, r -> r.withScheme(scheme))),
                0,
                0);
        grid.add(
                text(
                        actionFields,
                        "redirect.host",
                        at + "host",
                        it -> it.redirect().host(),
                        (it, host) -> with(it, r -> r.withHost(host)),
                        "mono"),
                1,
                0);
        grid.add(
                text(
                        actionFields,
                        "redirect.port",
                        at + "port",
                        it -> it.redirect().port(),
                        (it, port) -> with(it, r -> r.withPort(port)),
                        "number"),
                2,
                0);
        grid.add(
                text(
                        actionFields,
                        "redirect.path",
                        at + "path",
                        it -> it.redirect().path(),
                        (it, path) -> with(it, r -> r.withPath(path)),
                        "mono"),
                3,
                0);
        grid.add(
                choice(
                        actionFields,
                        "redirect.code",
                        at + "code",
                        List.of("301", "302", "303", "307", "308"),
                        it -> it,
                        it -> it.redirect().code(),
                        (it, code) -> with(it, r -> r.withCode(code))),
                4,
                0);
        CheckBox strip = new CheckBox(messages.text("redirect.strip"));
        strip.selectedProperty()
                .addListener((_, _, yes) -> {
                    if (!actionFields.isShowing()) {
                        edit("strip", it -> with(it, r -> r.withStripQuery(yes)));
                    }
                });
        actionFields.onShow(() -> {
            if (exists()) {
                strip.setSelected(rule(model.form()).redirect().stripQuery());
            }
        });
        // a redirect that changes nothing is a problem of the whole
        Field whole = actionFields.add("", strip, place() + ".action.redirect");
        action.getChildren().setAll(grid, whole);
    }

    private static RuleForm with(RuleForm rule, Function<RedirectForm, RedirectForm> change) {
        return rule.withRedirect(change.apply(rule.redirect()));
    }

    private static Share share(RuleForm rule, int index) {
        return index < rule.shares().size() ? rule.shares().get(index) : new Share("", "1");
    }

    private static RuleForm withShare(RuleForm rule, int index, Share share) {
        List<Share> shares = new ArrayList<>(rule.shares());
        shares.set(index, share);
        return rule.withShares(shares);
    }

    private void removeShare(int index) {
        edit(
                "share.remove" + index,
                rule -> {
                    List<Share> shares = new ArrayList<>(rule.shares());
                    shares.remove(index);
                    return rule.withShares(shares);
                });
    }

    private void addShare(List<String> groups) {
        edit(
                "share.add",
                rule -> {
                    List<String> unused = new ArrayList<>(groups);
                    rule.shares().forEach(share -> unused.remove(share.group()));
                    List<Share> shares = new ArrayList<>(rule.shares());
                    shares.add(new Share(unused.isEmpty() ? "" : unused.getFirst(), "1"));
                    return rule.withShares(shares);
                });
    }

    private Field text(
            Fields<ServerForm> into,
            String key,
            String path,
            Function<RuleForm, String> get,
            BiFunction<RuleForm, String, RuleForm> set,
            String... styleClasses) {
        return into.text(
                messages.text(key),
                place() + "." + path,
                form -> exists() ? get.apply(rule(form)) : "",
                (form, typed) ->
                        place < form.rules().size()
                                ? form.withRule(place, set.apply(rule(form), typed))
                                : form,
                styleClasses);
    }

    private <V> Field choice(
            Fields<ServerForm> into,
            String key,
            String path,
            List<V> choices,
            Function<V, String> words,
            Function<RuleForm, V> get,
            BiFunction<RuleForm, V, RuleForm> set) {
        return into.choice(
                messages.text(key),
                place() + "." + path,
                _ -> choices,
                words,
                form -> get.apply(rule(form)),
                (form, chosen) -> form.withRule(place, set.apply(rule(form), chosen)));
    }

    private void edit(String field, Function<RuleForm, RuleForm> change) {
        model.edit(place() + "." + field, form -> form.withRule(place, change.apply(rule(form))));
    }

    private String place() {
        return "spec.rules[" + place + "]";
    }

    private boolean exists() {
        return place < model.form().rules().size();
    }

    /// The rule in this place, or a blank one once it is gone and this view with it.
    private RuleForm rule(ServerForm form) {
        return place < form.rules().size() ? form.rules().get(place) : RuleForm.blank("", "");
    }
}
