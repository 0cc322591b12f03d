/** Tests of this room's parts that need no database. */
@NullMarked
package dev.tenon.tenancy;

import org.jspecify.annotations.NullMarked;
