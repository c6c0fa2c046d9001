/// A cluster as a whole: overview, nodes, history.
@NullMarked
package dev.weir.console.cluster;

import org.jspecify.annotations.NullMarked;
