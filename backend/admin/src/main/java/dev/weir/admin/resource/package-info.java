@NullMarked
package dev.weir.admin.resource;

import org.jspecify.annotations.NullMarked;
