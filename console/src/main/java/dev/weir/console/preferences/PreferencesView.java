package dev.weir.console.preferences;

import dev.weir.console.settings.Settings;
import dev.weir.console.settings.SettingsStore;
import dev.weir.console.settings.ThemeChoice;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.PageView;
import dev.weir.console.text.Language;
import dev.weir.console.text.Messages;
import dev.weir.console.widget.Boxes;

import javafx.scene.Node;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

import java.util.function.BiFunction;

/// Theme and language; each choice takes effect at once.
public final class PreferencesView implements PageView {
    private final SettingsStore settings;
    private final Messages messages;
    private final VBox content;

    public PreferencesView(SettingsStore settings, Desk desk) {
        this.settings = settings;
        this.messages = desk.messages();
        VBox theme = choices(ThemeChoice.values(), settings.get().theme(), Settings::withTheme);
        VBox language =
                choices(Language.values(), settings.get().language(), Settings::withLanguage);
        content =
                Boxes.column(
                        16,
                        Boxes.label(messages.text("page.settings"), "page-title"),
                        Boxes.panel(messages.text("settings.theme"), theme),
                        Boxes.panel(messages.text("settings.language"), language));
        content.getStyleClass().add("page");
        content.setMaxWidth(640);
    }

    @Override
    public Node node() {
        return content;
    }

    private <E extends Enum<E>> VBox choices(
            E[] values, E now, BiFunction<Settings, E, Settings> change) {
        VBox box = Boxes.column(8);
        box.getStyleClass().add("panel-body");
        ToggleGroup group = new ToggleGroup();
        for (E value : values) {
            RadioButton button = new RadioButton(messages.word(value));
            button.setToggleGroup(group);
            button.setSelected(value == now);
            button.setOnAction(_ -> settings.change(it -> change.apply(it, value)));
            box.getChildren().add(button);
        }
        return box;
    }
}
