/** The room on a real server, over the real records room with a store in memory. */
@NullMarked
package dev.tenon.web;

import org.jspecify.annotations.NullMarked;
