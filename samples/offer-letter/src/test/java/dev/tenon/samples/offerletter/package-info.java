/** Tests of the letters, read back from the PDF. */
@NullMarked
package dev.tenon.samples.offerletter;

import org.jspecify.annotations.NullMarked;
