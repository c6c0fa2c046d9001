@NullMarked
package dev.weir.agent.stats;

import org.jspecify.annotations.NullMarked;
