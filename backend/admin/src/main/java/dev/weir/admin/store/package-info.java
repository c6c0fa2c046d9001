@NullMarked
package dev.weir.admin.store;

import org.jspecify.annotations.NullMarked;
