@NullMarked
package dev.weir.agent.supervise;

import org.jspecify.annotations.NullMarked;
