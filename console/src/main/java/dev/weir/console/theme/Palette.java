package dev.weir.console.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

import dev.weir.console.settings.ThemeChoice;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.text.Font;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Dresses the window: light or dark, fonts, and the style sheet of each feature.
public final class Palette {
    private static final List<String> SHEETS =
            List.of(
                    "theme/theme.css",
                    "widget/widget.css",
                    "shell/shell.css",
                    "connect/connect.css",
                    "cluster/cluster.css",
                    "virtualserver/virtualserver.css",
                    "dashboard/dashboard.css",
                    "diagnosis/diagnosis.css");

    /// The first that is installed is used; each draws Latin well at 13 px.
    private static final List<String> TEXT =
            List.of("Inter", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Noto Sans CJK SC");

    private static final List<String> CODE =
            List.of(
                    "JetBrains Mono",
                    "Cascadia Mono",
                    "Consolas",
                    "SF Mono",
                    "Menlo",
                    "DejaVu Sans Mono");

    private Palette() {}

    /// Whether the choice means dark, now.
    public static boolean isDark(ThemeChoice choice) {
        return switch (choice) {
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
            case LIGHT -> false;
            case DARK -> true;
        };
    }

    /// Makes the choice the look of every window.
    public static void wear(ThemeChoice choice) {
        Application.setUserAgentStylesheet(
                isDark(choice)
                        ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
    }

    /// Adds the style sheets of all features and the fonts.
    public static void dress(Scene scene) {
        scene.getStylesheets().add(fonts());
        for (String sheet : SHEETS) {
            var resource = Palette.class.getResource("/dev/weir/console/" + sheet);
            if (resource == null) {
                throw new IllegalStateException(
                        "style sheet " + sheet + ": absent from the class path; build again");
            }
            scene.getStylesheets().add(resource.toExternalForm());
        }
    }

    /// The family for addresses and code.
    public static String codeFamily() {
        return installed(CODE, "Monospaced");
    }

    /// Style sheets know no list of families, so the choice is made here.
    private static String fonts() {
        String text = installed(TEXT, "System");
        String css =
                """
                .root { -fx-font-family: "%s"; }
                .mono, .mono .text { -fx-font-family: "%s"; }
                .table-view .column-header.mono .label { -fx-font-family: "%s"; }
                """
                        .formatted(text, codeFamily(), text);
        return "data:text/css;base64,"
                + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
    }

    private static String installed(List<String> wanted, String otherwise) {
        List<String> families = Font.getFamilies();
        return wanted.stream().filter(families::contains).findFirst().orElse(otherwise);
    }
}
