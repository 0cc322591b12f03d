/** Business records as plugins and scripts see them: values, queries and the one client to read and save them. */
@NullMarked
package dev.tenon.sdk.record;

import org.jspecify.annotations.NullMarked;
