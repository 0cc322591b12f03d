/** The identity stores on real databases. */
@NullMarked
package dev.tenon.store.identity;

import org.jspecify.annotations.NullMarked;
