/** How the store runs statements and turns the databases' faults into the platform's errors. */
@NullMarked
package dev.tenon.store.internal;

import org.jspecify.annotations.NullMarked;
