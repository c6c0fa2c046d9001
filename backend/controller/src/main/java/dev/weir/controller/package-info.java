@NullMarked
package dev.weir.controller;

import org.jspecify.annotations.NullMarked;
