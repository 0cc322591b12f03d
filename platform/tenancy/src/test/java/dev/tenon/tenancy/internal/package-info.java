/** Tests of this room's inner parts that need no database. */
@NullMarked
package dev.tenon.tenancy.internal;

import org.jspecify.annotations.NullMarked;
