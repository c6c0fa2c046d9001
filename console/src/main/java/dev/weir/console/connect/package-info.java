/// Choosing and opening a connection.
@NullMarked
package dev.weir.console.connect;

import org.jspecify.annotations.NullMarked;
