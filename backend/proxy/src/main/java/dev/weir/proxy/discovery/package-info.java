@NullMarked
package dev.weir.proxy.discovery;

import org.jspecify.annotations.NullMarked;
