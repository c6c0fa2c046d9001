package dev.weir.console.session;

import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Reference;
import dev.weir.model.Resource;
import dev.weir.model.Rollout;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// The newest known state of one cluster. Confined to the user interface's thread.
public final class LiveCluster {
    private final ReadOnlyObjectWrapper<Configuration> configuration;
    private final ReadOnlyObjectWrapper<@Nullable Rollout> rollout;

    public LiveCluster(Configuration configuration, @Nullable Rollout rollout) {
        this.configuration = new ReadOnlyObjectWrapper<>(configuration);
        this.rollout = new ReadOnlyObjectWrapper<>(rollout);
    }

    public String name() {
        return configuration.get().cluster().name();
    }

    public Configuration configuration() {
        return configuration.get();
    }

    public ReadOnlyObjectProperty<Configuration> configurationProperty() {
        return configuration.getReadOnlyProperty();
    }

    /// The rollout, or null before the first.
    public @Nullable Rollout rollout() {
        return rollout.get();
    }

    public ReadOnlyObjectProperty<@Nullable Rollout> rolloutProperty() {
        return rollout.getReadOnlyProperty();
    }

    public ProvisioningState state(Resource<?> resource) {
        return ProvisioningState.of(resource, rollout());
    }

    /// What nodes refuse of a resource, each with its node's name.
    public List<NodeRejection> rejections(Kind kind, String name) {
        Rollout now = rollout();
        if (now == null) {
            return List.of();
        }
        Reference reference = new Reference(kind, name);
        return now.nodes().values().stream()
                .flatMap(node ->
                        node.rejections().stream()
                                .filter(it -> it.resource().equals(reference))
                                .map(it -> new NodeRejection(node.node(), it)))
                .toList();
    }

    /// The resource as it is declared now, or empty.
    public Optional<Resource<?>> find(Kind kind, String name) {
        return configuration().find(kind, name);
    }

    /// Whether destructive acts want the typed name.
    public boolean isProtected() {
        return configuration().cluster().spec().deletionProtection();
    }

    void configure(Configuration newer) {
        if (newer.revision() >= configuration.get().revision()) {
            configuration.set(newer);
        }
    }

    void roll(@Nullable Rollout newer) {
        if (newer != null) {
            rollout.set(newer);
        }
    }

    /// What one node refuses.
    public record NodeRejection(String node, Rollout.Rejection rejection) {}
}
