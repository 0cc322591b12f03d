/** Imports over HTTP: the file in, the progress, and the rejected rows out again. */
@NullMarked
package dev.tenon.web.imports;

import org.jspecify.annotations.NullMarked;
