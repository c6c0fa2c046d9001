/// The page of a certificate.
@NullMarked
package dev.weir.console.certificate;

import org.jspecify.annotations.NullMarked;
