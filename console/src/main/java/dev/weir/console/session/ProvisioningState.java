package dev.weir.console.session;

import dev.weir.model.Reference;
import dev.weir.model.Resource;
import dev.weir.model.Rollout;
import dev.weir.model.VirtualServer;

import org.jspecify.annotations.Nullable;

/// Whether what is declared of a resource has reached the nodes.
public enum ProvisioningState {
    /// Every connected node serves it as declared.
    APPLIED,
    /// A node has not yet applied its newest revision.
    PENDING,
    /// A node refuses it.
    REJECTED,
    /// It is declared not to listen.
    DISABLED,
    /// No node has reported.
    UNKNOWN;

    /// The state of a resource under a rollout, null before the first.
    public static ProvisioningState of(Resource<?> resource, @Nullable Rollout rollout) {
        if (resource.spec() instanceof VirtualServer server
                && server.adminState() == VirtualServer.AdminState.DISABLED) {
            return DISABLED;
        }
        if (rollout == null || rollout.nodes().isEmpty()) {
            return UNKNOWN;
        }
        Reference reference = new Reference(resource.kind(), resource.name());
        boolean rejected =
                rollout.nodes().values().stream()
                        .flatMap(node -> node.rejections().stream())
                        .anyMatch(rejection -> rejection.resource().equals(reference));
        if (rejected) {
            return REJECTED;
        }
        long wanted = resource.metadata().revision();
        if (rollout.nodes().values().stream().noneMatch(Rollout.NodeRollout::connected)) {
            return UNKNOWN;
        }
        return rollout.nodes().values().stream()
                        .filter(Rollout.NodeRollout::connected)
                        .allMatch(node -> node.applied() >= wanted)
                ? APPLIED
                : PENDING;
    }
}
