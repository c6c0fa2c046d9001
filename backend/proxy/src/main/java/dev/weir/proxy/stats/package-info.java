@NullMarked
package dev.weir.proxy.stats;

import org.jspecify.annotations.NullMarked;
