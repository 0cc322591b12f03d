/** A plugin that is small enough for a test of the kit. */
@NullMarked
package dev.tenon.testkit.greeting;

import org.jspecify.annotations.NullMarked;
