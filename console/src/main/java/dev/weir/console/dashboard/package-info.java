/// Live numbers from SNMP and their charts.
@NullMarked
package dev.weir.console.dashboard;

import org.jspecify.annotations.NullMarked;
