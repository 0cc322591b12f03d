/** What runs inside a worker process: GraalJS with nothing reachable but one narrow function back to the server. */
@NullMarked
package dev.tenon.script.worker;

import org.jspecify.annotations.NullMarked;
