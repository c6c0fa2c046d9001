package dev.weir.console.shell;

import dev.weir.console.session.ProvisioningState;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One line of the tree.
///
/// @param key stays the same while the line is about the same thing
/// @param text the name, or the title of a branch
/// @param state of the resource, or null where the line is about none
/// @param page opened by the line
/// @param children in their order
public record TreeEntry(
        String key,
        Type type,
        String text,
        @Nullable ProvisioningState state,
        Page page,
        List<TreeEntry> children) {

    /// What a line is about.
    public enum Type {
        ROOT,
        CLUSTER,
        VIRTUAL_SERVERS,
        VIRTUAL_SERVER,
        TARGET_GROUPS,
        TARGET_GROUP,
        CERTIFICATES,
        CERTIFICATE,
        NODES,
        NODE,
        HISTORY,
        DIAGNOSES
    }
}
