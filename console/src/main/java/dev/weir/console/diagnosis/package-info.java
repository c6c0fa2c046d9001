/// Diagnosis runs, their steps and artifacts.
@NullMarked
package dev.weir.console.diagnosis;

import org.jspecify.annotations.NullMarked;
