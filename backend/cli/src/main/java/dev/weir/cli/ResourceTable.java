package dev.weir.cli;

import dev.weir.api.CertificateStatus;
import dev.weir.api.ResourceStatus;
import dev.weir.api.ResourceView;
import dev.weir.api.Words;
import dev.weir.model.Certificate;
import dev.weir.model.Cluster;
import dev.weir.model.Kind;
import dev.weir.model.Node;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Resources of one kind as a table.
final class ResourceTable {
    private ResourceTable() {}

    static Table of(Kind kind, List<ResourceView> views) {
        Table table = header(kind);
        views.forEach(view -> row(table, view));
        return table;
    }

    private static Table header(Kind kind) {
        return switch (kind) {
            case CLUSTER -> new Table("NAME", "ENGINE", "PROTECTED", "DESCRIPTION");
            case NODE -> new Table("NAME", "AGENT", "SNMP", "DESCRIPTION");
            case VIRTUAL_SERVER ->
                    new Table(
                            "NAME", "ADDRESS", "PROTOCOL", "STATE", "RULES", "DEFAULT", "APPLIED");
            case TARGET_GROUP ->
                    new Table("NAME", "ALGORITHM", "TARGETS", "ENABLED", "MONITOR", "APPLIED");
            case CERTIFICATE -> new Table("NAME", "NAMES", "EXPIRES", "USED BY", "APPLIED");
        };
    }

    private static void row(Table table, ResourceView view) {
        switch (view.resource().spec()) {
            case Cluster cluster ->
                    table.row(
                            view.name(),
                            Words.of(cluster.engine()),
                            cluster.deletionProtection() ? "yes" : "no",
                            view.resource().description());
            case Node node ->
                    table.row(
                            view.name(),
                            text(node.agent()),
                            text(node.snmp()),
                            view.resource().description());
            case VirtualServer server ->
                    table.row(
                            view.name(),
                            server.address() + ":" + server.port(),
                            Words.of(server.protocol()),
                            Words.of(server.adminState()),
                            server.rules().size(),
                            text(server.defaultTargetGroup()),
                            applied(view.status()));
            case TargetGroup group ->
                    table.row(
                            view.name(),
                            Words.of(group.algorithm()),
                            group.targets().size(),
                            enabled(group),
                            group.healthMonitor() == null ? "" : group.healthMonitor().path(),
                            applied(view.status()));
            case Certificate certificate -> certificate(table, view);
        }
    }

    private static void certificate(Table table, ResourceView view) {
        ResourceStatus status = view.status();
        CertificateStatus chain = status == null ? null : status.certificate();
        table.row(
                view.name(),
                chain == null ? "" : String.join(",", chain.names()),
                chain == null ? "" : chain.notAfter(),
                chain == null ? "" : String.join(",", chain.usedBy()),
                applied(status));
    }

    private static long enabled(TargetGroup group) {
        return group.targets().stream()
                .filter(target -> target.adminState() == Target.AdminState.ENABLED)
                .count();
    }

    /// `1/1 applied`, or the first refusal.
    static String applied(@Nullable ResourceStatus status) {
        if (status == null) {
            return "";
        }
        String nodes = status.appliedNodes() + "/" + status.totalNodes();
        return switch (status.provisioning()) {
            case APPLIED -> nodes;
            case PENDING -> nodes + " pending";
            case REJECTED ->
                    nodes
                            + " rejected: "
                            + status.rejections().stream()
                                    .findFirst()
                                    .map(ResourceStatus.NodeRejection::message)
                                    .orElse("");
        };
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
