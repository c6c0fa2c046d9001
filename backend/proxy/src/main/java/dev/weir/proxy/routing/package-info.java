@NullMarked
package dev.weir.proxy.routing;

import org.jspecify.annotations.NullMarked;
