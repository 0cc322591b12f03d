/** The door to records over real databases: rights in every query, and the whole order of a save. */
@NullMarked
package dev.tenon.store.door;

import org.jspecify.annotations.NullMarked;
