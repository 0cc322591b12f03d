package dev.tenon.sdk.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One record as its reader may see it: fields hidden from the reader are absent.
 *
 * <p>Java types of values: text-like, picklist, auto-number, rich text (HTML) and JSON (its text) {@link String};
 * multi-picklist {@link java.util.List} of keys; time {@link java.time.LocalTime}; integer {@link Long}; decimal, percent
 * {@link java.math.BigDecimal}; boolean {@link Boolean}; date {@link java.time.LocalDate}; date-time
 * {@link java.time.Instant}; lookup, master-detail and user {@link UUID}; a lookup to several objects the name of the object,
 * and a {@link UUID} under the name of its part for it; many-to-many {@link java.util.List} of {@link UUID}, which a save may
 * also give as a map of the lists {@code add} and {@code remove}. An empty field is present with value null.
 *
 * @param object global name of the object, for example {@code recruiting__Offer}
 * @param id the record's id (UUIDv7)
 * @param version counts saves, from 1; the optimistic version that an update must name
 * @param values field name to value
 */
public record RecordData(String object, UUID id, long version, Map<String, @Nullable Object> values) {

    public RecordData {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The value of a field, null when empty or not readable. */
    public @Nullable Object value(String field) {
        return values.get(field);
    }
}
