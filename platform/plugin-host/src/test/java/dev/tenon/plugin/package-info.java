/** Tests with real jars, compiled by the tests. */
@NullMarked
package dev.tenon.plugin;

import org.jspecify.annotations.NullMarked;
