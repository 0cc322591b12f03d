/** What every store of accounts has to hold, and accounts themselves over the simplest such store. */
@NullMarked
package dev.tenon.tenancy.identity;

import org.jspecify.annotations.NullMarked;
