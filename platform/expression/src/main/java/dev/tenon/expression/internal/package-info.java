/** How text becomes a checked tree: the syntax tree of CEL's parser, the typing rules, names and their suggestions. */
@NullMarked
package dev.tenon.expression.internal;

import org.jspecify.annotations.NullMarked;
