/// Words and numbers in the operator's language.
@NullMarked
package dev.weir.console.text;

import org.jspecify.annotations.NullMarked;
