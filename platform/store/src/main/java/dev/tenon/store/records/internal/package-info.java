/** The statements of the record store: rendered once by jOOQ for each shape, run with plain JDBC. */
@NullMarked
package dev.tenon.store.records.internal;

import org.jspecify.annotations.NullMarked;
