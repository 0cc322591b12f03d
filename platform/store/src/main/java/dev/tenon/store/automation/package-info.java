/** The outbox as a queue, and imports, in each tenant's schema. */
@NullMarked
package dev.tenon.store.automation;

import org.jspecify.annotations.NullMarked;
