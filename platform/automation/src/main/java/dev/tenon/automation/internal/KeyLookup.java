package dev.tenon.automation.internal;

import dev.tenon.automation.AutomationError;
import dev.tenon.automation.internal.RowReading.Read;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.metadata.model.Field;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the records that rows of a chunk stand for, by the value of one field. */
final class KeyLookup {

    private static final int MOST_ROWS = 1000;

    private final RecordSession session;
    private final String object;
    private final String key;
    private final Map<Object, List<UUID>> existing = new HashMap<>();
    private final Set<Object> seen = new HashSet<>();

    KeyLookup(RecordSession session, String object, String key) {
        this.session = session;
        this.object = object;
        this.key = key;
    }

    void prepare(List<Read> rows) {
        ExprBuilder builder = new ExprBuilder(session.scope(object));
        Map<Object, Expr> wanted = new LinkedHashMap<>();
        for (Read row : rows) {
            Object value = row.values().get(key);
            if (value != null) {
                wanted.put(comparable(value), builder.literal(value));
                existing.put(comparable(value), new ArrayList<>());
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        Expr filter = builder.in(builder.field(key), List.copyOf(wanted.values()));
        Query query = new Query(object, Query.Selection.of(key), Optional.of(filter), List.of(), MOST_ROWS, 0, false);
        for (Row row : session.query(query).rows()) {
            Object value = row.values().get(key);
            if (value != null) {
                existing.computeIfAbsent(comparable(value), v -> new ArrayList<>())
                        .add(row.id());
            }
        }
    }

    /** Whether an earlier row of the chunk has the same key. */
    boolean repeats(Read row) {
        Object value = row.values().get(key);
        return value != null && !seen.add(comparable(value));
    }

    /** The one record with the row's key, absent when there is none yet. */
    Optional<UUID> find(Read row) {
        Object value = row.values().get(key);
        if (value == null) {
            throw AutomationError.KEY_EMPTY.error().with("field", key).build();
        }
        List<UUID> ids = existing.getOrDefault(comparable(value), List.of());
        if (ids.size() > 1) {
            throw AutomationError.KEY_AMBIGUOUS
                    .error()
                    .with("field", key)
                    .with("value", value)
                    .build();
        }
        return ids.stream().findFirst();
    }

    /** What an update sets: everything in the row but the key and what only the platform writes. */
    Map<String, @Nullable Object> changes(Read row) {
        Map<String, @Nullable Object> changes = new LinkedHashMap<>(row.values());
        changes.keySet().removeIf(name -> {
            Field field = session.model().requireObject(object).fields().get(name);
            return name.equals(key) || (field != null && ColumnMatching.isComputed(field));
        });
        return changes;
    }

    /** 1.0 and 1.00 are the same key. */
    private static Object comparable(Object value) {
        return value instanceof java.math.BigDecimal number ? number.stripTrailingZeros() : value;
    }
}
