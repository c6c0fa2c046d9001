/// Editing one resource: typed text, problems, review, apply and undo.
@NullMarked
package dev.weir.console.editing;

import org.jspecify.annotations.NullMarked;
