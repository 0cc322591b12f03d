/** What tenancy needs from the store: its own tables, and tables that follow the model. */
@NullMarked
package dev.tenon.tenancy.port;

import org.jspecify.annotations.NullMarked;
