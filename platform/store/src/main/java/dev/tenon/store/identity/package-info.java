/** Accounts, tokens and sign-ins in the platform's own schema: the ports of {@code dev.tenon.tenancy.identity} in SQL. */
@NullMarked
package dev.tenon.store.identity;

import org.jspecify.annotations.NullMarked;
