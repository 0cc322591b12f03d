/** Tests of table files. */
@NullMarked
package dev.tenon.automation.internal.table;

import org.jspecify.annotations.NullMarked;
