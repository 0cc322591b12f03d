/** Keys of the operator and what is sealed with them. */
@NullMarked
package dev.tenon.store.secrets;

import org.jspecify.annotations.NullMarked;
