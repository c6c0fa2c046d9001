@NullMarked
package dev.weir.snmp;

import org.jspecify.annotations.NullMarked;
