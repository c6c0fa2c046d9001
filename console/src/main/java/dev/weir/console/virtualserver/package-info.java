/// The page and the editor of a virtual server.
@NullMarked
package dev.weir.console.virtualserver;

import org.jspecify.annotations.NullMarked;
