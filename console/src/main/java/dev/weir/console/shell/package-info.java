/// The window: tree, tabs, commands and messages.
@NullMarked
package dev.weir.console.shell;

import org.jspecify.annotations.NullMarked;
