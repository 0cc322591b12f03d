/** Approvals as one person may see them, in that person's language. */
@NullMarked
package dev.tenon.approval.view;

import org.jspecify.annotations.NullMarked;
