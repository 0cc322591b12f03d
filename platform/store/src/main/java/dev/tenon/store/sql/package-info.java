/** Expressions as SQL of both databases: the same answer as in memory, every value a bind parameter, every lookup a join. */
@NullMarked
package dev.tenon.store.sql;

import org.jspecify.annotations.NullMarked;
