/// Light and dark, fonts and style sheets.
@NullMarked
package dev.weir.console.theme;

import org.jspecify.annotations.NullMarked;
