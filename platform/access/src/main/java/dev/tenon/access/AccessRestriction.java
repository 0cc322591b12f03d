package dev.tenon.access;

import dev.tenon.expression.Expr;
import java.util.Map;
import java.util.Optional;

/**
 * A rule of another room that decides about the records of objects it owns, for example of the approval engine about
 * its comments. Conditions use the variable {@code me}: they are compiled once per model and combination of permission
 * sets, so nothing else of the identity's person may flow into them.
 */
public interface AccessRestriction {

    /** The rules for one object, absent when this room has none for it. */
    Optional<Rules> forObject(String object, Identity identity, AccessKernel kernel);

    /**
     * @param read replaces the object's grants for reading (permission sets still decide whether the object is readable)
     * @param fieldConditions conditions under which the content of single fields may be read
     */
    record Rules(Expr read, Map<String, Expr> fieldConditions) {
        public Rules {
            fieldConditions = Map.copyOf(fieldConditions);
        }
    }
}
