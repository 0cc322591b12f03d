package dev.tenon.web.odata;

import dev.tenon.automation.port.ExportQuery;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.records.StoredFile;
import dev.tenon.records.ValueCodec;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of an export: where each value comes from and how it is shown to people. */
final class ExportColumns {

    private final List<Column> columns;
    private final boolean technicalNames;
    private final Locale locale;
    private final ZoneId zone;

    /** @param path lookups to follow, then the field */
    private record Column(String title, List<String> path, Field field) {}

    private ExportColumns(List<Column> columns, boolean technicalNames, Locale locale, ZoneId zone) {
        this.columns = List.copyOf(columns);
        this.technicalNames = technicalNames;
        this.locale = locale;
        this.zone = zone;
    }

    /** References are shown by the titles of the records they refer to; columns that the reader does not have are left out. */
    static ExportColumns of(
            VisibleModel visible,
            VisibleObject object,
            List<String> wanted,
            boolean technicalNames,
            Locale locale,
            ZoneId zone) {
        List<Column> columns = new ArrayList<>();
        Set<String> titles = new HashSet<>();
        for (String path : wanted) {
            column(visible, object, List.of(path.split("\\.", -1)), locale)
                    .ifPresent(column -> columns.add(
                            !technicalNames && titles.add(column.title())
                                    ? column
                                    : new Column(path, column.path(), column.field())));
        }
        return new ExportColumns(columns, technicalNames, locale, zone);
    }

    private static Optional<Column> column(
            VisibleModel visible, VisibleObject object, List<String> names, Locale locale) {
        List<String> path = new ArrayList<>();
        StringBuilder title = new StringBuilder();
        VisibleObject at = object;
        for (int i = 0; i < names.size(); i++) {
            Field field = at.fields().get(names.get(i));
            if (field == null) {
                return Optional.empty();
            }
            title.append(title.isEmpty() ? "" : " / ").append(field.label().in(locale));
            path.add(field.name());
            VisibleObject target = VisibleObject.target(field)
                    .map(t -> visible.objects().get(t))
                    .orElse(null);
            boolean last = i == names.size() - 1;
            if (last && target == null) {
                return Optional.of(new Column(title.toString(), path, field));
            }
            if (target == null) {
                return Optional.empty();
            }
            if (last) {
                Field named = target.fields().get(target.type().titleField());
                if (named == null || VisibleObject.target(named).isPresent()) {
                    return Optional.of(new Column(title.toString(), path, field));
                }
                path.add(named.name());
                return Optional.of(new Column(title.toString(), path, named));
            }
            at = target;
        }
        return Optional.empty();
    }

    int size() {
        return columns.size();
    }

    List<String> titles() {
        return columns.stream().map(Column::title).toList();
    }

    Query.Selection selection() {
        return selection(columns.stream().map(Column::path).toList());
    }

    private static Query.Selection selection(List<List<String>> paths) {
        List<String> fields = new ArrayList<>();
        Map<String, List<List<String>>> below = new LinkedHashMap<>();
        for (List<String> path : paths) {
            if (path.size() == 1) {
                fields.add(path.getFirst());
            } else {
                below.computeIfAbsent(path.getFirst(), n -> new ArrayList<>()).add(path.subList(1, path.size()));
            }
        }
        if (fields.isEmpty() && !below.isEmpty()) {
            fields.add(below.keySet().iterator().next());
        }
        Map<String, Query.Selection> parents = new LinkedHashMap<>();
        below.forEach((name, rest) -> parents.put(name, selection(rest)));
        return new Query.Selection(fields.stream().distinct().toList(), parents, Map.of());
    }

    /** Files by their names, which are told for the rows of a page at once. */
    List<List<@Nullable Object>> cells(List<Row> rows, RecordSession session) {
        Set<UUID> files = new HashSet<>();
        for (Column column : columns) {
            if (column.field().type() instanceof FieldType.File) {
                for (Row row : rows) {
                    if (value(row, column.path()) instanceof UUID id) {
                        files.add(id);
                    }
                }
            }
        }
        Map<UUID, StoredFile> known = files.isEmpty() ? Map.of() : session.files(files);
        return rows.stream().map(row -> cells(row, known)).toList();
    }

    private List<@Nullable Object> cells(Row row, Map<UUID, StoredFile> files) {
        List<@Nullable Object> cells = new ArrayList<>(columns.size());
        columns.forEach(column -> cells.add(cell(column.field().type(), value(row, column.path()), files)));
        return cells;
    }

    private static @Nullable Object value(Row row, List<String> path) {
        Row at = row;
        for (String way : path.subList(0, path.size() - 1)) {
            at = at.parents().get(way);
            if (at == null) {
                return null;
            }
        }
        return at.values().get(path.getLast());
    }

    /** The one place that knows what a value of a type looks like in a table file. */
    private @Nullable Object cell(FieldType type, @Nullable Object value, Map<UUID, StoredFile> files) {
        FieldType shown = type instanceof FieldType.Formula formula ? formula.result() : type;
        return switch (value) {
            case null -> null;
            case UUID file
            when type instanceof FieldType.File -> {
                StoredFile known = files.get(file);
                yield known == null ? null : known.name();
            }
            case Instant instant -> instant.atZone(zone).toOffsetDateTime();
            case BigDecimal number
            when shown instanceof FieldType.DecimalNumber decimal && decimal.percent() ->
                new ExportQuery.Percent(number);
            case String key when shown instanceof FieldType.Picklist picklist -> label(picklist.values(), key);
            case List<?> keys
            when shown instanceof FieldType.MultiPicklist picklist ->
                keys.stream()
                        .map(key -> label(picklist.values(), key.toString()))
                        .collect(Collectors.joining(ValueCodec.KEY_SEPARATOR));
            case String text -> text;
            case Long number -> number;
            case BigDecimal number -> number;
            case Boolean bool -> bool;
            case LocalDate date -> date;
            default -> String.valueOf(ValueCodec.toJson(value));
        };
    }

    private String label(List<FieldType.Picklist.Value> values, String key) {
        return technicalNames
                ? key
                : values.stream()
                        .filter(v -> v.key().equals(key))
                        .map(v -> v.label().in(locale))
                        .findFirst()
                        .orElse(key);
    }
}
