package dev.tenon.tenancy;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which values another type of a field would lose or change.
 *
 * @param digest to be sent with the change by who wants it so; empty text where nothing is lost
 */
public record LossPreview(List<Loss> losses, String digest) {
    public LossPreview {
        losses = List.copyOf(losses);
    }

    /** @param records the first ones, of which only those are told that the asking person may read */
    public record Loss(RetypeLoss what, List<Concerned> records) {
        public Loss {
            records = List.copyOf(records);
        }
    }

    /**
     * @param title empty where the asking person may not read it, or there is none
     * @param value as it is now
     */
    public record Concerned(
            UUID id, @Nullable Object title, @Nullable Object value) {}
}
