/** What the approval engine needs from others: its own store and a directory of people. */
@NullMarked
package dev.tenon.approval.port;

import org.jspecify.annotations.NullMarked;
