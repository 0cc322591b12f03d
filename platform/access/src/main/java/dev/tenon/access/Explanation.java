package dev.tenon.access;

import java.util.List;
import java.util.Map;

/**
 * The grounds of an {@link ObjectAccess}.
 *
 * @param grants which permission set grants what on the object, in the words of the expression language for conditions
 * @param fields per field, the sets that name it and the level each gives
 */
public record Explanation(String object, List<Grant> grants, Map<String, List<Grant>> fields) {

    public Explanation {
        grants = List.copyOf(grants);
        fields = Map.copyOf(fields);
    }

    /**
     * @param source name of the permission set, {@code baseline}, or the rule of a room
     * @param right for example {@code read}, {@code edit}
     * @param extent which records or level
     */
    public record Grant(String source, String right, String extent) {}
}
