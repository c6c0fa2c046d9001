@NullMarked
package dev.weir.proxy.listener;

import org.jspecify.annotations.NullMarked;
