/** The store of business records. */
@NullMarked
package dev.tenon.store.records;

import org.jspecify.annotations.NullMarked;
