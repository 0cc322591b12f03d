/** The single door to business records: query and save in the documented order of execution, for every caller. */
@NullMarked
package dev.tenon.records;

import org.jspecify.annotations.NullMarked;
