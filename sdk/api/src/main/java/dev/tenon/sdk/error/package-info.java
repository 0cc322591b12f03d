/** Errors with stable codes: who has to act, what is wrong, where, and what to do about it. */
@NullMarked
package dev.tenon.sdk.error;

import org.jspecify.annotations.NullMarked;
