@NullMarked
package dev.weir.agent.operation;

import org.jspecify.annotations.NullMarked;
