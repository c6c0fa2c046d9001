/// Stand-ins for the world around the console, for its tests.
@NullMarked
package dev.weir.console.fake;

import org.jspecify.annotations.NullMarked;
