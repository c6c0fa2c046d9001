package dev.weir.console;

import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.shell.Action;
import dev.weir.console.shell.PageView;

import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// The page of something in a cluster that may not have arrived yet: what was just made or restored
/// is opened before the server's news of it.
///
/// Confined to the user interface's thread.
final class AwaitedView implements PageView {
    private final LiveSession session;
    private final String cluster;
    private final Predicate<LiveCluster> isThere;
    private final Function<LiveCluster, PageView> making;
    private final StackPane content;
    private final InvalidationListener changed = _ -> look();
    private @Nullable LiveCluster watched;
    private @Nullable PageView view;
    private boolean front;

    /// @param absent shown until then
    AwaitedView(
            LiveSession session,
            String cluster,
            Predicate<LiveCluster> isThere,
            Function<LiveCluster, PageView> making,
            Node absent) {
        this.session = session;
        this.cluster = cluster;
        this.isThere = isThere;
        this.making = making;
        this.content = new StackPane(absent);
        session.clusters().addListener(changed);
        look();
    }

    private void look() {
        LiveCluster found = session.cluster(cluster).orElse(null);
        if (found == null || view != null) {
            return;
        }
        if (isThere.test(found)) {
            PageView made = making.apply(found);
            view = made;
            stopWaiting();
            content.getChildren().setAll(made.node());
            if (front) {
                made.shown();
            }
        } else if (!found.equals(watched)) {
            watched = found;
            found.configurationProperty().addListener(changed);
        }
    }

    private void stopWaiting() {
        session.clusters().removeListener(changed);
        if (watched != null) {
            watched.configurationProperty().removeListener(changed);
        }
    }

    @Override
    public Node node() {
        return content;
    }

    @Override
    public List<Action> actions() {
        return view == null ? List.of() : view.actions();
    }

    @Override
    public void shown() {
        front = true;
        if (view != null) {
            view.shown();
        }
    }

    @Override
    public void hidden() {
        front = false;
        if (view != null) {
            view.hidden();
        }
    }

    @Override
    public void close() {
        stopWaiting();
        if (view != null) {
            view.close();
        }
    }
}
