package dev.weir.model;

/// Names one resource of a cluster.
public record Reference(Kind kind, String name) {

    @Override
    public String toString() {
        return kind.words() + " " + name;
    }
}
