/** The running platform: its rooms put together, its settings, and what a start that fails says. */
@NullMarked
package dev.tenon.app;

import org.jspecify.annotations.NullMarked;
