/// Measurements that need more than a unit test: whole engines, thousands of virtual servers.
@NullMarked
package dev.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
