package dev.tenon.web.odata;

import dev.tenon.automation.port.ExportQuery;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.records.StoredFile;
import dev.tenon.records.TitleList;
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
import java.util.LinkedHashSet;
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

    /** Links of one record that its cell tells. */
    private static final int LINKS = 1_000;

    private final List<Column> columns;
    private final Map<String, Linked> linked;
    private final boolean technicalNames;
    private final Locale locale;
    private final ZoneId zone;

    /** @param path lookups to follow, then the field */
    private record Column(String title, List<String> path, Field field) {}

    /** @param title field that names the records; empty where the reader may not read it */
    private record Linked(VisibleObject.Collection collection, Optional<String> title) {}

    private ExportColumns(
            List<Column> columns, Map<String, Linked> linked, boolean technicalNames, Locale locale, ZoneId zone) {
        this.columns = List.copyOf(columns);
        this.linked = Map.copyOf(linked);
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
        for (String path : withParts(visible, object, wanted)) {
            column(visible, object, List.of(path.split("\\.", -1)), locale)
                    .ifPresent(column -> columns.add(
                            !technicalNames && titles.add(column.title())
                                    ? column
                                    : new Column(path, column.path(), column.field())));
        }
        Map<String, Linked> linked = new LinkedHashMap<>();
        for (Column column : columns) {
            if (object.links().containsKey(column.path().getFirst())) {
                VisibleObject.Collection collection =
                        object.requireCollection(column.path().getFirst());
                VisibleObject target = visible.require(collection.object());
                linked.put(
                        collection.name(),
                        new Linked(
                                collection,
                                Optional.of(target.type().titleField()).filter(target.fields()::containsKey)));
            }
        }
        return new ExportColumns(columns, linked, technicalNames, locale, zone);
    }

    /** Whether cells tell links, of which a page of rows may have very many. */
    boolean links() {
        return !linked.isEmpty();
    }

    /** A lookup to several objects says which of them it is; its parts behind it name the record, and are what an import reads. */
    private static Set<String> withParts(VisibleModel visible, VisibleObject object, List<String> wanted) {
        Set<String> all = new LinkedHashSet<>();
        for (String path : wanted) {
            all.add(path);
            String way = path.substring(0, path.lastIndexOf('.') + 1);
            @Nullable VisibleObject owner = object;
            for (String hop : way.isEmpty() ? new String[0] : way.split("\\.")) {
                owner = Optional.ofNullable(owner)
                        .map(at -> at.fields().get(hop))
                        .flatMap(VisibleObject::target)
                        .map(visible.objects()::get)
                        .orElse(null);
            }
            if (owner != null) {
                owner.type().partsOf(path.substring(way.length())).stream()
                        .filter(part -> part.refersForAnother()
                                && VisibleObject.target(part)
                                        .filter(visible.objects()::containsKey)
                                        .isPresent())
                        .forEach(part -> all.add(way + part.name()));
            }
        }
        return all;
    }

    private static Optional<Column> column(
            VisibleModel visible, VisibleObject object, List<String> names, Locale locale) {
        List<String> path = new ArrayList<>();
        StringBuilder title = new StringBuilder();
        VisibleObject at = object;
        for (int i = 0; i < names.size(); i++) {
            Field links = names.size() == 1 ? at.links().get(names.get(i)) : null;
            if (links != null) {
                return Optional.of(new Column(links.label().in(locale), List.of(links.name()), links));
            }
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
        Query.Selection own = selection(columns.stream()
                .map(Column::path)
                .filter(path -> !linked.containsKey(path.getFirst()))
                .toList());
        Map<String, Query.Children> children = new LinkedHashMap<>();
        linked.forEach((name, links) -> children.put(name, children(links)));
        // No field at all would mean every field.
        List<String> fields = own.fields().isEmpty() ? List.of(SystemField.ID) : own.fields();
        return new Query.Selection(fields, own.parents(), children);
    }

    private static Query.Children children(Linked linked) {
        VisibleObject.Links links = linked.collection().links().orElseThrow();
        return new Query.Children(
                links.junction(),
                linked.collection().via(),
                Query.Selection.of(linked.title().orElse(SystemField.ID)),
                Optional.empty(),
                List.of(),
                LINKS,
                Optional.of(links.through()));
    }

    private static String titles(List<Row> rows, Linked linked) {
        return TitleList.join(rows.stream().map(row -> title(row, linked)).toList());
    }

    private static String title(Row row, Linked linked) {
        Object title =
                linked.title().isPresent() ? row.values().get(linked.title().get()) : null;
        return title == null ? row.id().toString() : String.valueOf(ValueCodec.toJson(title));
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
        for (Column column : columns) {
            Linked links = linked.get(column.path().getFirst());
            cells.add(
                    links == null
                            ? cell(column.field().type(), value(row, column.path()), files)
                            : titles(row.children().getOrDefault(column.field().name(), List.of()), links));
        }
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
