/// Flame graphs: one profile, or one over its baseline.
@NullMarked
package dev.weir.console.flame;

import org.jspecify.annotations.NullMarked;
