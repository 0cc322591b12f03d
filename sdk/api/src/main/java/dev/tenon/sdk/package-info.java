/** What plugins compile against: identity of the caller and the entry points of the other packages. */
@NullMarked
package dev.tenon.sdk;

import org.jspecify.annotations.NullMarked;
