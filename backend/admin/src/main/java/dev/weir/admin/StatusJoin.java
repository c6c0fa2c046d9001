package dev.weir.admin;

import dev.weir.admin.resource.CertificateReport;
import dev.weir.api.CertificateStatus;
import dev.weir.api.ResourceStatus;
import dev.weir.api.ResourceStatus.NodeRejection;
import dev.weir.api.ResourceStatus.Provisioning;
import dev.weir.api.ResourceView;
import dev.weir.model.Certificate;
import dev.weir.model.Cluster;
import dev.weir.model.Configuration;
import dev.weir.model.Node;
import dev.weir.model.Reference;
import dev.weir.model.Resource;
import dev.weir.model.Rollout;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Puts beside a desired resource what is observed of it.
record StatusJoin(Configuration configuration, Optional<Rollout> rollout) {

    ResourceView view(Resource<?> resource) {
        ResourceStatus status =
                switch (resource.spec()) {
                    case Cluster cluster -> null;
                    case Node node -> null;
                    case VirtualServer server -> status(resource, null);
                    case TargetGroup group -> status(resource, null);
                    case Certificate certificate ->
                            status(
                                    resource,
                                    CertificateReport.of(
                                            configuration, resource.name(), certificate));
                };
        return new ResourceView(resource, status);
    }

    private ResourceStatus status(
            Resource<?> resource,
            @org.jspecify.annotations.Nullable CertificateStatus certificate) {
        Reference object = new Reference(resource.kind(), resource.name());
        List<NodeRejection> rejections = new ArrayList<>();
        rollout.ifPresent(known ->
                known.nodes().values().stream()
                        .sorted(Comparator.comparing(Rollout.NodeRollout::node))
                        .forEach(node ->
                                node.rejections().stream()
                                        .filter(rejection -> rejection.resource().equals(object))
                                        .forEach(rejection ->
                                                rejections.add(
                                                        new NodeRejection(
                                                                node.node(),
                                                                rejection.revision(),
                                                                rejection.field(),
                                                                rejection.message())))));
        int total = rollout.map(known -> known.nodes().size()).orElse(0);
        int applied =
                rollout.map(known ->
                                (int) known.appliedNodes(object, resource.metadata().revision()))
                        .orElse(0);
        Provisioning provisioning =
                !rejections.isEmpty()
                        ? Provisioning.REJECTED
                        : total > 0 && applied == total
                                ? Provisioning.APPLIED
                                : Provisioning.PENDING;
        return new ResourceStatus(provisioning, applied, total, rejections, certificate);
    }
}
