@NullMarked
package dev.weir.profile;

import org.jspecify.annotations.NullMarked;
