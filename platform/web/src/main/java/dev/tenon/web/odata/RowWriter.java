package dev.tenon.web.odata;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Row;
import dev.tenon.records.ValueCodec;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes rows as OData JSON, value by value, with all digits of decimals. */
final class RowWriter {

    private final JsonGenerator json;
    private final boolean numbersAsText;
    private final FileValues files;

    /** @param numbersAsText for readers whose numbers are doubles ({@code IEEE754Compatible=true}) */
    RowWriter(JsonGenerator json, boolean numbersAsText, FileValues files) {
        this.json = json;
        this.numbersAsText = numbersAsText;
        this.files = files;
    }

    void rows(List<Row> rows, Shape shape) {
        files.prepare(rows, shape);
        array(rows, shape);
    }

    private void array(List<Row> rows, Shape shape) {
        json.writeStartArray();
        for (Row row : rows) {
            json.writeStartObject();
            own(row, shape);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The row's members, into an object that is open already. */
    void members(Row row, Shape shape) {
        files.prepare(List.of(row), shape);
        own(row, shape);
    }

    private void own(Row row, Shape shape) {
        json.writeStringProperty("@odata.etag", ETags.of(row.version()));
        for (String property : shape.properties()) {
            switch (property) {
                case SystemField.ID ->
                    json.writeStringProperty(property, row.id().toString());
                case SystemField.VERSION -> {
                    json.writeName(property);
                    value(row.version());
                }
                default -> {
                    Optional<Field> field = shape.object().fieldOf(property);
                    String name = field.map(Field::name).orElse(property);
                    // A cell the caller may not see at this row is absent from the row, and empty in the answer.
                    json.writeName(property);
                    Object cell = row.values().get(name);
                    if (cell instanceof UUID file
                            && field.filter(FileValues::holds).isPresent()) {
                        files.write(file, json);
                    } else {
                        // A collection of OData may be empty, never null.
                        value(
                                cell == null
                                                && field.filter(f -> f.type() instanceof FieldType.MultiPicklist)
                                                        .isPresent()
                                        ? List.of()
                                        : cell);
                    }
                }
            }
        }
        shape.parents().forEach((name, below) -> {
            json.writeName(name);
            Row parent = row.parents().get(name);
            if (parent == null) {
                json.writeNull();
            } else {
                json.writeStartObject();
                own(parent, below);
                json.writeEndObject();
            }
        });
        shape.counts().forEach(name -> {
            json.writeName(name);
            value(row.values().get(name));
        });
        shape.children().forEach((name, child) -> {
            json.writeName(name);
            array(row.children().getOrDefault(name, List.of()), child.shape());
        });
    }

    /** Groups of an aggregation; keys over lookups are nested as their paths are. */
    void groups(List<Map<String, @Nullable Object>> groups) {
        json.writeStartArray();
        for (Map<String, @Nullable Object> group : groups) {
            Map<String, @Nullable Object> nested = new LinkedHashMap<>();
            group.forEach((path, value) -> nest(nested, List.of(path.split("/", -1)), value));
            tree(nested);
        }
        json.writeEndArray();
    }

    @SuppressWarnings("unchecked")
    private static void nest(Map<String, @Nullable Object> into, List<String> path, @Nullable Object value) {
        if (path.size() == 1) {
            into.put(path.getFirst(), value);
            return;
        }
        Object below = into.computeIfAbsent(path.getFirst(), name -> new LinkedHashMap<String, @Nullable Object>());
        nest((Map<String, @Nullable Object>) below, path.subList(1, path.size()), value);
    }

    private void tree(Map<?, ?> members) {
        json.writeStartObject();
        members.forEach((name, value) -> {
            json.writeName(String.valueOf(name));
            if (value instanceof Map<?, ?> below) {
                tree(below);
            } else {
                value(value);
            }
        });
        json.writeEndObject();
    }

    void value(@Nullable Object value) {
        switch (ValueCodec.toJson(value)) {
            case null -> json.writeNull();
            case Long number when numbersAsText -> json.writeString(number.toString());
            case Long number -> json.writeNumber(number);
            case BigDecimal number when numbersAsText -> json.writeString(number.toPlainString());
            case BigDecimal number -> json.writeNumber(number);
            case Boolean bool -> json.writeBoolean(bool);
            case List<?> keys -> {
                json.writeStartArray();
                keys.forEach(key -> json.writeString(key.toString()));
                json.writeEndArray();
            }
            case Object text -> json.writeString(text.toString());
        }
    }
}
