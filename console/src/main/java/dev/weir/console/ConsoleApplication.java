package dev.weir.console;

import dev.weir.console.connect.TokenStore;
import dev.weir.console.connect.TokenStores;
import dev.weir.console.dashboard.SnmpStatistics;
import dev.weir.console.session.Endpoint;
import dev.weir.console.session.RestSession;
import dev.weir.console.task.VirtualThreadBackground;
import dev.weir.model.Secret;

import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.Callable;

/// The desktop console as a JavaFX application.
public final class ConsoleApplication extends Application {
    private @Nullable VirtualThreadBackground background;
    private @Nullable ConsoleWindow window;

    @Override
    public void start(Stage stage) throws IOException {
        ConsoleArguments arguments = ConsoleArguments.parse(getParameters().getRaw());
        VirtualThreadBackground workers = new VirtualThreadBackground(Platform::runLater);
        background = workers;
        Path directory = settingsDirectory();
        Callable<TokenStore> tokens =
                () -> TokenStores.best(System.getProperty("os.name"), directory);
        ConsoleWindow opened =
                new ConsoleWindow(
                        new ConsoleContext(
                                RestSession::open,
                                SnmpStatistics::open,
                                tokens,
                                Clock.system(ZoneId.systemDefault()),
                                workers,
                                directory,
                                arguments.readyFile()));
        window = opened;
        opened.show(stage);
        if (arguments.connect() != null) {
            opened.connecting().connect(endpoint(arguments));
        }
    }

    @Override
    public void stop() {
        if (window != null) {
            window.close();
        }
        if (background != null) {
            background.close();
        }
    }

    private static Endpoint endpoint(ConsoleArguments arguments) throws IOException {
        var admin = arguments.connect();
        if (admin == null) {
            throw new IllegalArgumentException("--connect: needs the address of an admin");
        }
        Path tokenFile = arguments.tokenFile();
        return new Endpoint(
                admin.getAuthority(),
                admin,
                arguments.ca(),
                tokenFile == null ? null : new Secret(Files.readString(tokenFile).strip()),
                Endpoint.community(arguments.community()));
    }

    /// Where this operating system keeps a program's settings.
    static Path settingsDirectory() {
        String home = System.getProperty("user.home");
        String system = System.getProperty("os.name");
        if (system.startsWith("Windows")) {
            String roaming = System.getenv("APPDATA");
            return Path.of(roaming == null ? home : roaming, "Weir");
        }
        if (system.startsWith("Mac")) {
            return Path.of(home, "Library", "Application Support", "Weir");
        }
        String configured = System.getenv("XDG_CONFIG_HOME");
        return configured == null || configured.isEmpty()
                ? Path.of(home, ".config", "weir")
                : Path.of(configured, "weir");
    }
}
