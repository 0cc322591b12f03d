/** The server's side of the worker processes: their life, the pool of lanes into them, and the calls over a lane. */
@NullMarked
package dev.tenon.script.internal;

import org.jspecify.annotations.NullMarked;
