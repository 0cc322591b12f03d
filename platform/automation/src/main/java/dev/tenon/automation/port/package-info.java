/** What automation needs from others: queues in the database, and the rights of the people it works for. */
@NullMarked
package dev.tenon.automation.port;

import org.jspecify.annotations.NullMarked;
