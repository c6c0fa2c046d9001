package dev.weir.api;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is observed of a resource.
///
/// @param appliedNodes nodes that have applied the resource's newest revision and do not refuse it
/// @param totalNodes nodes of the cluster that are known to the controller
/// @param rejections what nodes refuse of it now
/// @param certificate what a certificate's chain says; absent for other kinds
public record ResourceStatus(
        Provisioning provisioning,
        int appliedNodes,
        int totalNodes,
        List<NodeRejection> rejections,
        @Nullable CertificateStatus certificate) {

    /// Whether the nodes have what is desired.
    public enum Provisioning {
        APPLIED,
        PENDING,
        REJECTED
    }

    /// One node's refusal.
    ///
    /// @param field the path in the resource, or empty where the engine's words name none
    /// @param message the engine's own words
    public record NodeRejection(String node, long revision, String field, String message) {}

    public ResourceStatus {
        rejections = List.copyOf(rejections);
    }
}
