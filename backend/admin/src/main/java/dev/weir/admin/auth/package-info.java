@NullMarked
package dev.weir.admin.auth;

import org.jspecify.annotations.NullMarked;
