/** Approvals over HTTP: the inbox, the panel on a record, and the commands. */
@NullMarked
package dev.tenon.web.approval;

import org.jspecify.annotations.NullMarked;
