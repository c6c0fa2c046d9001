@NullMarked
package dev.weir.proxy.io;

import org.jspecify.annotations.NullMarked;
