/** The parts behind the service: transactions, approver resolution, pinned definitions, reading and policies. */
@NullMarked
package dev.tenon.approval.internal;

import org.jspecify.annotations.NullMarked;
