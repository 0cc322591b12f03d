package dev.tenon.metadata.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of an object's records. Which values of picklists its records may have is told by {@link
 * FieldType.Picklist#ofTypes}.
 *
 * @param key stable, stored in records; {@code <namespace>__key} when another layer adds it
 * @param origin package (or {@code custom}) that adds it
 * @param active false: records keep it, none can get it any more
 * @param defaults by field, instead of the field's own
 * @param sections of the object's layout, in order; absent: all
 * @param related lists of the object's layout, in order; absent: all
 */
public record RecordType(
        String key,
        String origin,
        Label label,
        boolean active,
        Map<String, ExpressionText> defaults,
        Optional<List<String>> sections,
        Optional<List<String>> related) {

    public RecordType {
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        sections = sections.map(List::copyOf);
        related = related.map(List::copyOf);
    }
}
