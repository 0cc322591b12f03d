/** Approvals in SQL: the tables of the approval objects, and the engine's own ones beside them. */
@NullMarked
package dev.tenon.store.approval;

import org.jspecify.annotations.NullMarked;
