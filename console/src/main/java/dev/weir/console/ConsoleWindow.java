package dev.weir.console;

import dev.weir.console.connect.ConnectViewModel;
import dev.weir.console.dashboard.TrafficMonitor;
import dev.weir.console.session.LiveSession;
import dev.weir.console.settings.Settings;
import dev.weir.console.settings.SettingsStore;
import dev.weir.console.settings.ThemeChoice;
import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.shell.PageView;
import dev.weir.console.shell.ShellView;
import dev.weir.console.shell.ShellViewModel;
import dev.weir.console.text.Language;
import dev.weir.console.text.Messages;
import dev.weir.console.theme.Palette;

import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// One window of the console: view models that live as long as it, and a view in one language.
///
/// Confined to the user interface's thread.
public final class ConsoleWindow implements ShellView.Appearance {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;

    private final ConsoleContext context;
    private final SettingsStore settings;
    private final ShellViewModel shell;
    private final ConnectViewModel connecting;
    private final Scene scene = new Scene(new Region(), WIDTH, HEIGHT);
    private @Nullable PageFactory factory;
    private @Nullable ShellView view;

    public ConsoleWindow(ConsoleContext context) {
        this.context = context;
        this.settings = new SettingsStore(context.settingsDirectory());
        this.shell = new ShellViewModel(settings, context.background());
        this.connecting =
                new ConnectViewModel(
                        context.sessions(),
                        settings,
                        context.tokens(),
                        context.background(),
                        context.readyFile(),
                        shell::opened);
        shell.pages()
                .addListener(
                        (ListChangeListener<Page>)
                                change -> {
                                    while (change.next()) {
                                        change.getRemoved().forEach(this::closed);
                                    }
                                });
        Palette.dress(scene);
        Palette.wear(settings.get().theme());
        Platform.getPreferences()
                .colorSchemeProperty()
                .addListener((_, _, _) -> Palette.wear(settings.get().theme()));
        settings.settingsProperty().addListener((_, before, now) -> follow(before, now));
        build();
    }

    public Scene scene() {
        return scene;
    }

    public ConnectViewModel connecting() {
        return connecting;
    }

    public ShellViewModel shell() {
        return shell;
    }

    public SettingsStore settings() {
        return settings;
    }

    /// The numbers behind the charts of the open session, or nothing before its first page.
    public Optional<TrafficMonitor> traffic() {
        return Optional.ofNullable(factory).map(PageFactory::monitor);
    }

    /// The view in the language in use.
    public ShellView view() {
        if (view == null) {
            throw new IllegalStateException("console window: has no view yet; build it first");
        }
        return view;
    }

    /// Shows the window where it was the last time, and remembers where it ends.
    public void show(Stage stage) {
        stage.setTitle("Weir");
        stage.setScene(scene);
        Settings.WindowPlace place = settings.get().window();
        if (place != null) {
            stage.setX(place.x());
            stage.setY(place.y());
            stage.setWidth(place.width());
            stage.setHeight(place.height());
            stage.setMaximized(place.maximized());
        }
        stage.setMinWidth(900);
        stage.setMinHeight(600);
        stage.setOnHiding(_ ->
                settings.change(now ->
                        now.withWindow(
                                new Settings.WindowPlace(
                                        stage.getX(),
                                        stage.getY(),
                                        stage.getWidth(),
                                        stage.getHeight(),
                                        stage.isMaximized()))));
        stage.show();
    }

    /// Ends the session; pages are remembered.
    public void close() {
        shell.disconnect();
        if (factory != null) {
            factory.close();
        }
    }

    @Override
    public void nextTheme() {
        boolean dark = Palette.isDark(settings.get().theme());
        settings.change(now -> now.withTheme(dark ? ThemeChoice.LIGHT : ThemeChoice.DARK));
    }

    @Override
    public void nextLanguage() {
        boolean chinese = settings.get().language().locale().getLanguage().equals("zh");
        settings.change(now -> now.withLanguage(chinese ? Language.ENGLISH : Language.CHINESE));
    }

    private void follow(Settings before, Settings now) {
        if (before.theme() != now.theme()) {
            Palette.wear(now.theme());
        }
        if (before.language() != now.language()) {
            build();
        }
    }

    private void build() {
        if (view != null) {
            view.close();
        }
        Messages messages =
                new Messages(settings.get().language().locale(), context.clock().getZone());
        view = new ShellView(shell, connecting, context.background(), messages, this, this::make);
        scene.setRoot(view.node());
    }

    private void closed(Page page) {
        if (factory != null) {
            factory.closed(page);
        }
    }

    private PageView make(Page page, Desk desk) {
        LiveSession session = shell.sessionProperty().get();
        if (session == null) {
            throw new IllegalStateException("page " + page + ": needs a session; connect first");
        }
        if (factory == null || !factory.isFor(session)) {
            if (factory != null) {
                factory.close();
            }
            factory = new PageFactory(context, settings, session);
        }
        return factory.make(page, desk);
    }
}
