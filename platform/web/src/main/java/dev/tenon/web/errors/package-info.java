/** Turns every failure into problem details (RFC 9457) in the caller's language, and explains each error code on a page. */
@NullMarked
package dev.tenon.web.errors;

import org.jspecify.annotations.NullMarked;
