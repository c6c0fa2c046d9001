package dev.weir.console.widget;

import javafx.scene.AccessibleRole;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

/// The pictures of things and acts; one place, so that a thing looks the same everywhere.
public enum Icons {
    CLUSTER(Material2AL.ACCOUNT_TREE),
    VIRTUAL_SERVER(Material2AL.CALL_SPLIT),
    TARGET_GROUP(Material2AL.DNS),
    CERTIFICATE(Material2MZ.VERIFIED_USER),
    NODE(Material2MZ.STORAGE),
    HISTORY(Material2AL.HISTORY),
    DIAGNOSIS(Material2AL.BUG_REPORT),
    FLAME(Material2AL.LOCAL_FIRE_DEPARTMENT),
    DASHBOARD(Material2AL.INSIGHTS),
    SETTINGS(Material2MZ.SETTINGS),
    CONNECT(Material2MZ.POWER),
    LAB(Material2MZ.SCIENCE),
    OK(Material2AL.CHECK_CIRCLE),
    PENDING(Material2MZ.SCHEDULE),
    REJECTED(Material2AL.ERROR),
    WARNING(Material2MZ.WARNING),
    OFF(Material2MZ.PAUSE_CIRCLE_FILLED),
    UNKNOWN(Material2AL.HELP),
    INFO(Material2AL.INFO),
    RUNNING(Material2MZ.PLAY_CIRCLE_FILLED),
    WAITING(Material2AL.HOURGLASS_EMPTY),
    CANCELLED(Material2AL.CANCEL),
    ADD(Material2AL.ADD),
    DELETE(Material2AL.DELETE_OUTLINE),
    EDIT(Material2AL.EDIT),
    UP(Material2AL.ARROW_UPWARD),
    DOWN(Material2AL.ARROW_DOWNWARD),
    UNDO(Material2MZ.UNDO),
    REFRESH(Material2MZ.REFRESH),
    CLOSE(Material2AL.CLOSE),
    SEARCH(Material2MZ.SEARCH),
    KEYBOARD(Material2AL.KEYBOARD),
    THEME(Material2AL.BRIGHTNESS_6),
    LANGUAGE(Material2MZ.TRANSLATE),
    DRAIN(Material2AL.FILTER_ALT),
    FOLDER(Material2AL.FOLDER_OPEN),
    COMPARE(Material2AL.COMPARE_ARROWS),
    PLAY(Material2MZ.PLAY_ARROW);

    @SuppressWarnings("ImmutableEnumChecker") // the icon packs are enums
    private final Ikon ikon;

    Icons(Ikon ikon) {
        this.ikon = ikon;
    }

    /// A new picture, coloured and sized by style; screen readers hear the words beside it.
    public FontIcon draw(String... styleClasses) {
        FontIcon icon = new FontIcon(ikon);
        icon.getStyleClass().addAll(styleClasses);
        icon.setAccessibleRole(AccessibleRole.NODE);
        return icon;
    }
}
