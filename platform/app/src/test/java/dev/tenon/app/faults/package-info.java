/** What the whole program does with faults and bad input, as people and programs outside of it see it. */
@NullMarked
package dev.tenon.app.faults;

import org.jspecify.annotations.NullMarked;
