/// The page and the editor of a target group.
@NullMarked
package dev.weir.console.targetgroup;

import org.jspecify.annotations.NullMarked;
