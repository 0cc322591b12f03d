package dev.tenon.automation.internal;

import dev.tenon.automation.AutomationError;
import dev.tenon.automation.Imports.Mode;
import dev.tenon.automation.internal.RowReading.Read;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import java.nio.charset.StandardCharsets;
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
    private final boolean given;
    private final Map<Object, List<UUID>> existing = new HashMap<>();
    private final Set<Object> seen = new HashSet<>();

    KeyLookup(RecordSession session, String object, String key) {
        this.session = session;
        this.object = object;
        this.key = key;
        this.given =
                ColumnMatching.isComputed(session.model().requireObject(object).requireField(key));
    }

    /** The row's key; ids are compared as what they are. */
    private @Nullable Object key(Read row) {
        Object value = row.values().get(key);
        if (!key.equals(SystemField.ID) || !(value instanceof String text)) {
            return value;
        }
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException notAnId) {
            return text;
        }
    }

    void prepare(List<Read> rows) {
        ExprBuilder builder = new ExprBuilder(session.scope(object));
        Map<Object, Expr> wanted = new LinkedHashMap<>();
        for (Read row : rows) {
            Object value = key(row);
            if (value != null && (!key.equals(SystemField.ID) || value instanceof UUID)) {
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
            Object value = key.equals(SystemField.ID) ? row.id() : row.values().get(key);
            if (value != null) {
                existing.computeIfAbsent(comparable(value), v -> new ArrayList<>())
                        .add(row.id());
            }
        }
    }

    /** Whether an earlier row of the chunk has the same key. */
    boolean repeats(Read row) {
        Object value = key(row);
        return value != null && !seen.add(comparable(value));
    }

    /**
     * The one record with the row's key, absent when the row is to make one. Keys that only the platform gives are given to
     * new records: a row without one is new, a row with one that nobody has is an error.
     */
    Optional<UUID> find(Read row, Mode mode) {
        Object value = key(row);
        if (value == null && given && mode == Mode.UPSERT) {
            return Optional.empty();
        }
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
        if (ids.isEmpty() && (given || mode == Mode.UPDATE)) {
            throw AutomationError.KEY_NOT_FOUND
                    .error()
                    .with("field", key)
                    .with("value", value)
                    .build();
        }
        return ids.stream().findFirst();
    }

    /** Under which a dry run remembers that a row with this key would have been made; of a key that rows bring. */
    Optional<String> hash(Read row) {
        Object value = given ? null : key(row);
        return Optional.ofNullable(value).map(v -> {
            byte[] text = ("key " + comparable(v)).getBytes(StandardCharsets.UTF_8);
            return UUID.nameUUIDFromBytes(text).toString().replace("-", "");
        });
    }

    /** What a new record gets: everything in the row but what only the platform writes. */
    Map<String, @Nullable Object> values(Read row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
        if (given) {
            values.remove(key);
        }
        return values;
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
