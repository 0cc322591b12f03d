/**
 * The rules of approvals as one pure function: a state, a command and an environment in; the next state, events and
 * effects out. No clock, no database, no rights.
 */
@NullMarked
package dev.tenon.approval.engine;

import org.jspecify.annotations.NullMarked;
