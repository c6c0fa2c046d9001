@NullMarked
package dev.weir.agent.snmp;

import org.jspecify.annotations.NullMarked;
