/// The page of the console's own settings.
@NullMarked
package dev.weir.console.preferences;

import org.jspecify.annotations.NullMarked;
