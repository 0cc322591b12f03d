/** Tests of the sandbox against real worker processes. */
@NullMarked
package dev.tenon.script;

import org.jspecify.annotations.NullMarked;
