/** Work after commit: delivery of events from the outbox, notifications, imports of files. */
@NullMarked
package dev.tenon.automation;

import org.jspecify.annotations.NullMarked;
