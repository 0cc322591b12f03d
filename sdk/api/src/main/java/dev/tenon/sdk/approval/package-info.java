/** Extension points of the approval engine: who is asked, and who may see what others answered. */
@NullMarked
package dev.tenon.sdk.approval;

import org.jspecify.annotations.NullMarked;
