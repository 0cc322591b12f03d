package dev.tenon.records.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record that was written.
 *
 * @param before absent for a new record
 * @param after absent for a deleted record
 * @param fields names of the fields that are different now
 */
record RowChange(
        String object,
        UUID id,
        Optional<Map<String, @Nullable Object>> before,
        Optional<Map<String, @Nullable Object>> after,
        Set<String> fields) {

    static RowChange of(WorkingRecord record) {
        return new RowChange(
                record.plan().name(), record.id(), record.before(), Optional.of(record.values()), record.changed());
    }

    static RowChange deleted(WorkingRecord record) {
        return new RowChange(record.plan().name(), record.id(), record.before(), Optional.empty(), record.changed());
    }

    /** Whether one of the fields changed; a record that came or went counts as changed in all of them. */
    boolean touches(Set<String> watched) {
        return before.isEmpty() || after.isEmpty() || watched.stream().anyMatch(fields::contains);
    }

    Optional<UUID> before(String reference) {
        return before.map(values -> values.get(reference))
                .filter(UUID.class::isInstance)
                .map(UUID.class::cast);
    }

    Optional<UUID> after(String reference) {
        return after.map(values -> values.get(reference))
                .filter(UUID.class::isInstance)
                .map(UUID.class::cast);
    }
}
