/** Tests of the kit with a small product and a small plugin. */
@NullMarked
package dev.tenon.testkit;

import org.jspecify.annotations.NullMarked;
