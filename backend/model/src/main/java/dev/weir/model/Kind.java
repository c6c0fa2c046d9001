package dev.weir.model;

import java.util.Optional;

/// A kind of resource, with its name in REST paths (`virtual-servers`) and in documents
/// (`virtualServer`).
public enum Kind {
    CLUSTER("cluster", "clusters"),
    NODE("node", "nodes"),
    VIRTUAL_SERVER("virtualServer", "virtual-servers"),
    TARGET_GROUP("targetGroup", "target-groups"),
    CERTIFICATE("certificate", "certificates");

    private final String document;
    private final String path;

    Kind(String document, String path) {
        this.document = document;
        this.path = path;
    }

    /// The word in a document's `kind` field.
    public String document() {
        return document;
    }

    /// The segment in a REST path.
    public String path() {
        return path;
    }

    /// The word in sentences: `virtual server`.
    public String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    /// The kind a document names, or empty where no kind has that name.
    public static Optional<Kind> ofDocument(String document) {
        for (Kind kind : values()) {
            if (kind.document.equals(document)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// The kind a REST path segment names, or empty.
    public static Optional<Kind> ofPath(String path) {
        for (Kind kind : values()) {
            if (kind.path.equals(path)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
