package dev.weir.xds;

/// Names one xDS resource.
public record XdsKey(XdsType type, String name) {

    @Override
    public String toString() {
        return type + " " + name;
    }
}
