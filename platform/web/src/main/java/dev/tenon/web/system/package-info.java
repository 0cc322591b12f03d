/** The server itself over HTTP: how far its start is, the console's files, and bounds for every request. */
@NullMarked
package dev.tenon.web.system;

import org.jspecify.annotations.NullMarked;
