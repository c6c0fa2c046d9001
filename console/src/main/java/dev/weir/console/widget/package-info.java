/// Controls shared by the features.
@NullMarked
package dev.weir.console.widget;

import org.jspecify.annotations.NullMarked;
