/** Runs customers' JavaScript in worker processes: calls, checks, tests, and what failed with file, line and column. */
@NullMarked
package dev.tenon.script;

import org.jspecify.annotations.NullMarked;
