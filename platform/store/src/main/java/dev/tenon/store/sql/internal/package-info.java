/** How each node of an expression is written, and in what the two databases need different words for it. */
@NullMarked
package dev.tenon.store.sql.internal;

import org.jspecify.annotations.NullMarked;
