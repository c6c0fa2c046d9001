/// What the console asks of one admin server, and the live copy of what it answered.
@NullMarked
package dev.weir.console.session;

import org.jspecify.annotations.NullMarked;
