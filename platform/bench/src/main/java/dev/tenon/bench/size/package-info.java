/** How long changes of a model take, how large models are, and what many tenants cost: measured in one process. */
@NullMarked
package dev.tenon.bench.size;

import org.jspecify.annotations.NullMarked;
