/** What records needs from others: a store of rows, code behind triggers, and the tenants' current models. */
@NullMarked
package dev.tenon.records.port;

import org.jspecify.annotations.NullMarked;
