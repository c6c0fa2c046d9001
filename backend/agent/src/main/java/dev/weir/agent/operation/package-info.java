/// Carries out diagnosis operations on this node and keeps what they leave behind.
@NullMarked
package dev.weir.agent.operation;

import org.jspecify.annotations.NullMarked;
