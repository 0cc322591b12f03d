/** Tests of packages and plugins on the real platform: embedded, in memory of one JVM, started once for a test class. */
@NullMarked
package dev.tenon.testkit;

import org.jspecify.annotations.NullMarked;
