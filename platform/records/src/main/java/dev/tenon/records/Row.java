package dev.tenon.records;

import dev.tenon.records.port.NamedValues;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One record of an answer.
 *
 * @param values selected own fields
 * @param parents selected parents by lookup; null where the lookup is empty or the parent is not visible
 * @param children selected children by the name in the query
 */
public record Row(
        String object,
        UUID id,
        long version,
        Map<String, @Nullable Object> values,
        Map<String, @Nullable Row> parents,
        Map<String, List<Row>> children) {

    public Row {
        values = values instanceof NamedValues fixed ? fixed : Collections.unmodifiableMap(new LinkedHashMap<>(values));
        parents = parents.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(parents));
        children = Map.copyOf(children);
    }
}
