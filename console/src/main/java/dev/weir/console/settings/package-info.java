/// What the console remembers between runs.
@NullMarked
package dev.weir.console.settings;

import org.jspecify.annotations.NullMarked;
