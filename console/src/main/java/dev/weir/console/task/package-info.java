/// Work away from the user interface's thread.
@NullMarked
package dev.weir.console.task;

import org.jspecify.annotations.NullMarked;
