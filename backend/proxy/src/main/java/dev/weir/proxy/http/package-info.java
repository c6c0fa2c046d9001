@NullMarked
package dev.weir.proxy.http;

import org.jspecify.annotations.NullMarked;
