/** How plugins are verified, loaded, guarded while they run, and let go; the only place that knows PF4J. */
@NullMarked
package dev.tenon.plugin.internal;

import org.jspecify.annotations.NullMarked;
