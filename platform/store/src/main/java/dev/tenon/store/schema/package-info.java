/** Tables that follow the model: names, column types, the catalogue of both, and journaled changes. */
@NullMarked
package dev.tenon.store.schema;

import org.jspecify.annotations.NullMarked;
