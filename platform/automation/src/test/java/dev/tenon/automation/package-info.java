/** Tests of this room's parts that need no database. */
@NullMarked
package dev.tenon.automation;

import org.jspecify.annotations.NullMarked;
