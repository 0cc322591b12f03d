/** What the console and programs ask beside the rows themselves: who I am, what there is, and what belongs to a record. */
@NullMarked
package dev.tenon.web.data;

import org.jspecify.annotations.NullMarked;
