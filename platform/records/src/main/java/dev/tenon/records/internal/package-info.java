/** How queries are planned with rights in them, and the steps of a save one after the other. */
@NullMarked
package dev.tenon.records.internal;

import org.jspecify.annotations.NullMarked;
