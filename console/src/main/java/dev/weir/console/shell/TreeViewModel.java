package dev.weir.console.shell;

import dev.weir.console.session.LiveCluster;
import dev.weir.console.session.LiveSession;
import dev.weir.console.session.ProvisioningState;
import dev.weir.console.task.Background;
import dev.weir.console.text.Messages;
import dev.weir.model.Resource;

import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/// The tree of clusters and what is in them, filtered by a text.
///
/// Confined to the user interface's thread.
public final class TreeViewModel {
    private final LiveSession session;
    private final Background background;
    private final Supplier<Messages> messages;
    private final StringProperty filter = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<TreeEntry> root;
    private final InvalidationListener changed = _ -> later();
    private boolean asked;

    public TreeViewModel(LiveSession session, Background background, Supplier<Messages> messages) {
        this.session = session;
        this.background = background;
        this.messages = messages;
        this.root = new ReadOnlyObjectWrapper<>(build());
        session.clusters().forEach(this::watch);
        session.clusters()
                .addListener(
                        (ListChangeListener<LiveCluster>)
                                change -> {
                                    while (change.next()) {
                                        change.getAddedSubList().forEach(this::watch);
                                    }
                                    later();
                                });
        filter.addListener(changed);
    }

    public ReadOnlyObjectProperty<TreeEntry> rootProperty() {
        return root.getReadOnlyProperty();
    }

    public StringProperty filterProperty() {
        return filter;
    }

    /// Every page that the tree leads to, for the palette.
    public List<TreeEntry> all() {
        List<TreeEntry> found = new ArrayList<>();
        collect(root.get(), found);
        return found;
    }

    private static void collect(TreeEntry entry, List<TreeEntry> found) {
        for (TreeEntry child : entry.children()) {
            found.add(child);
            collect(child, found);
        }
    }

    private void watch(LiveCluster cluster) {
        cluster.configurationProperty().addListener(changed);
        cluster.rolloutProperty().addListener(changed);
    }

    /// Many changes in one turn build one tree.
    private void later() {
        if (!asked) {
            asked = true;
            background.onUi(() -> {
                asked = false;
                root.set(build());
            });
        }
    }

    private TreeEntry build() {
        List<TreeEntry> lines = new ArrayList<>();
        for (LiveCluster cluster : session.clusters()) {
            lines.add(cluster(cluster));
        }
        lines.add(
                line(
                        "diagnoses",
                        TreeEntry.Type.DIAGNOSES,
                        messages.get().text("tree.diagnoses"),
                        new Page.Diagnoses(),
                        List.of()));
        return line("root", TreeEntry.Type.ROOT, "", new Page.Diagnoses(), lines);
    }

    private TreeEntry cluster(LiveCluster cluster) {
        String name = cluster.name();
        Page overview = new Page.Overview(name);
        var now = cluster.configuration();
        List<TreeEntry> branches =
                List.of(
                        branch(
                                name,
                                TreeEntry.Type.VIRTUAL_SERVERS,
                                messages.get().text("tree.virtual-servers"),
                                overview,
                                resources(
                                        cluster,
                                        now.virtualServers().values(),
                                        TreeEntry.Type.VIRTUAL_SERVER,
                                        it -> new Page.Server(name, it))),
                        branch(
                                name,
                                TreeEntry.Type.TARGET_GROUPS,
                                messages.get().text("tree.target-groups"),
                                overview,
                                resources(
                                        cluster,
                                        now.targetGroups().values(),
                                        TreeEntry.Type.TARGET_GROUP,
                                        it -> new Page.Group(name, it))),
                        branch(
                                name,
                                TreeEntry.Type.CERTIFICATES,
                                messages.get().text("tree.certificates"),
                                overview,
                                resources(
                                        cluster,
                                        now.certificates().values(),
                                        TreeEntry.Type.CERTIFICATE,
                                        it -> new Page.ServerCertificate(name, it))),
                        branch(
                                name,
                                TreeEntry.Type.NODES,
                                messages.get().text("tree.nodes"),
                                new Page.Nodes(name),
                                resources(
                                        cluster,
                                        now.nodes().values(),
                                        TreeEntry.Type.NODE,
                                        it -> new Page.Machine(name, it))),
                        branch(
                                name,
                                TreeEntry.Type.HISTORY,
                                messages.get().text("tree.history"),
                                new Page.History(name),
                                List.of()));
        return line("cluster/" + name, TreeEntry.Type.CLUSTER, name, overview, branches);
    }

    private TreeEntry branch(
            String cluster,
            TreeEntry.Type type,
            String title,
            Page page,
            List<TreeEntry> children) {
        return line(cluster + "/" + type, type, title, page, children);
    }

    private static TreeEntry line(
            String key, TreeEntry.Type type, String text, Page page, List<TreeEntry> children) {
        return new TreeEntry(key, type, text, null, page, children);
    }

    private List<TreeEntry> resources(
            LiveCluster cluster,
            Collection<? extends Resource<?>> resources,
            TreeEntry.Type type,
            Function<String, Page> page) {
        String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
        return resources.stream()
                .filter(resource -> resource.name().contains(wanted))
                .map(resource ->
                        new TreeEntry(
                                cluster.name() + "/" + type + "/" + resource.name(),
                                type,
                                resource.name(),
                                shown(cluster.state(resource), type),
                                page.apply(resource.name()),
                                List.of()))
                .toList();
    }

    /// A target group or certificate that no virtual server uses is never sent to a node, so that
    /// only a refusal is news.
    private static ProvisioningState shown(ProvisioningState state, TreeEntry.Type type) {
        return type == TreeEntry.Type.VIRTUAL_SERVER || state == ProvisioningState.REJECTED
                ? state
                : ProvisioningState.APPLIED;
    }
}
