/** Tests of this room's inner parts that need no database. */
@NullMarked
package dev.tenon.automation.internal;

import org.jspecify.annotations.NullMarked;
