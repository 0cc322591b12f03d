/**
 * Who may sign in and with which rights: accounts, passwords, second factors, permission sets, sessions and tokens, and
 * what happened to them. {@link dev.tenon.tenancy.identity.Accounts} puts it together. What is kept goes through the ports of this package; a person's name and language are the record in {@code sys__User}.
 */
@NullMarked
package dev.tenon.tenancy.identity;

import org.jspecify.annotations.NullMarked;
