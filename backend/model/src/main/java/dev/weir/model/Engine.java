package dev.weir.model;

/// The program that carries a cluster's traffic; both obey the same xDS resources.
public enum Engine {
    EMBEDDED,
    ENVOY
}
