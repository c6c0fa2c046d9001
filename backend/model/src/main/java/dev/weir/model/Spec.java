package dev.weir.model;

import java.util.List;

/// What an operator declares about one resource; every kind of resource has its own record.
public sealed interface Spec permits Cluster, Node, VirtualServer, TargetGroup, Certificate {

    /// The kind that this record describes.
    Kind kind();

    /// Every problem of this record by itself, with paths relative to `spec`; empty where it is
    /// valid. References to other resources are judged by [Configuration#problems()].
    List<Problem> problems();
}
