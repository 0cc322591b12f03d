/** The whole running program, as people and programs outside of it see it: faults, bad input, what only a real database tells. */
@NullMarked
package dev.tenon.app.running;

import org.jspecify.annotations.NullMarked;
