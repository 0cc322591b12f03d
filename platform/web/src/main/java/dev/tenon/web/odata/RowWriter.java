package dev.tenon.web.odata;

import dev.tenon.records.Row;
import dev.tenon.records.ValueCodec;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes rows as OData JSON, value by value, with all digits of decimals. */
final class RowWriter {

    private final JsonGenerator json;
    private final boolean numbersAsText;
    private final FileValues files;
    private final String root;

    /**
     * @param numbersAsText for readers whose numbers are doubles ({@code IEEE754Compatible=true})
     * @param root the service's address
     */
    RowWriter(JsonGenerator json, boolean numbersAsText, FileValues files, String root) {
        this.json = json;
        this.numbersAsText = numbersAsText;
        this.files = files;
        this.root = root;
    }

    void rows(List<Row> rows, Shape shape) {
        RowForm form = RowForm.of(shape);
        files.prepare(rows, form);
        array(rows, form);
    }

    private void array(List<Row> rows, RowForm form) {
        json.writeStartArray();
        for (Row row : rows) {
            json.writeStartObject();
            own(row, form);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The row's members, into an object that is open already. */
    void members(Row row, Shape shape) {
        RowForm form = RowForm.of(shape);
        files.prepare(List.of(row), form);
        own(row, form);
    }

    private void own(Row row, RowForm form) {
        json.writeStringProperty("@odata.etag", ETags.of(row.version()));
        for (RowForm.Cell cell : form.cells()) {
            json.writeName(cell.property());
            cell(row, cell);
        }
        form.parents().forEach((name, below) -> {
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
        for (String name : form.counts()) {
            json.writeName(name);
            value(row.values().get(name));
        }
        form.children().forEach((name, below) -> collection(row, name, below));
    }

    private void collection(Row row, String name, RowForm.Below below) {
        List<Row> all = row.children().getOrDefault(name, List.of());
        List<Row> shown = all.size() > below.rows() ? all.subList(0, below.rows()) : all;
        json.writeName(name);
        array(shown, below.form());
        if (shown.size() < all.size() && below.further().isPresent()) {
            json.writeStringProperty(
                    name + "@odata.nextLink",
                    below.further().get().link(root, row.id(), shown.getLast().id()));
        }
    }

    private void cell(Row row, RowForm.Cell cell) {
        switch (cell.kind()) {
            case ID -> json.writeString(row.id().toString());
            case VERSION -> value(row.version());
            // A cell the caller may not see at this row is absent from the row, and empty in the answer.
            case VALUE -> value(row.values().get(cell.source()));
            case COLLECTION -> {
                Object keys = row.values().get(cell.source());
                value(keys == null ? List.of() : keys);
            }
            case FILE -> {
                if (row.values().get(cell.source()) instanceof UUID file) {
                    files.write(file, json);
                } else {
                    json.writeNull();
                }
            }
        }
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
