@NullMarked
package dev.weir.diagnoser;

import org.jspecify.annotations.NullMarked;
