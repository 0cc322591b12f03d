package dev.tenon.metadata.model;

import java.util.Optional;
import java.util.Set;

/**
 * Code that runs inside a save.
 *
 * @param on the moments it runs at
 * @param condition runs only where it is true; default always
 * @param handler what runs
 */
public record Trigger(
        String name,
        String origin,
        Set<Moment> on,
        Optional<ExpressionText> condition,
        Handler handler,
        boolean active) {

    public Trigger {
        on = Set.copyOf(on);
    }

    /** Points of the save order. */
    public enum Moment {
        BEFORE_CREATE,
        BEFORE_UPDATE,
        BEFORE_DELETE,
        AFTER_CREATE,
        AFTER_UPDATE,
        AFTER_DELETE
    }
}
