/** Tests of the server's side. */
@NullMarked
package dev.tenon.script.internal;

import org.jspecify.annotations.NullMarked;
