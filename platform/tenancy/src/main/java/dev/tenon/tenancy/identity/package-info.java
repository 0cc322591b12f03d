/**
 * Who may sign in and with which rights: accounts, passwords, permission sets, sessions and tokens. What is kept of them
 * goes through the ports of this package; a person's name and language are the record in {@code sys__User}.
 */
@NullMarked
package dev.tenon.tenancy.identity;

import org.jspecify.annotations.NullMarked;
