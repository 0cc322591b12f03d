/**
 * Approvals: the commands people give, what they may see of an approval, and the rules the engine adds to access, saves
 * and published models.
 */
@NullMarked
package dev.tenon.approval;

import org.jspecify.annotations.NullMarked;
