package dev.tenon.web.odata;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.records.StoredFile;
import dev.tenon.web.data.FileController;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.edm.provider.CsdlComplexType;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import tools.jackson.core.JsonGenerator;

/** Values of file fields in rows: their ids with what is known of the files, asked for all rows of an answer at once. */
final class FileValues {

    static final CsdlComplexType TYPE = new CsdlComplexType()
            .setName(ModelEdm.FILE_TYPE.getName())
            .setProperties(List.of(
                    property("id", EdmPrimitiveTypeKind.Guid, false),
                    property("name", EdmPrimitiveTypeKind.String, false),
                    property("type", EdmPrimitiveTypeKind.String, false),
                    property("size", EdmPrimitiveTypeKind.Int64, false),
                    property("width", EdmPrimitiveTypeKind.Int32, true),
                    property("height", EdmPrimitiveTypeKind.Int32, true),
                    property("href", EdmPrimitiveTypeKind.String, false)));

    private final RecordSession session;
    private final boolean numbersAsText;
    private final Map<UUID, StoredFile> known = new HashMap<>();

    FileValues(RecordSession session, boolean numbersAsText) {
        this.session = session;
        this.numbersAsText = numbersAsText;
    }

    private static CsdlProperty property(String name, EdmPrimitiveTypeKind kind, boolean nullable) {
        return new CsdlProperty()
                .setName(name)
                .setType(kind.getFullQualifiedName())
                .setNullable(nullable);
    }

    static boolean holds(Field field) {
        return field.type() instanceof FieldType.File;
    }

    /** Asks for the files of the rows, before any of them is written. */
    void prepare(List<Row> rows, RowForm form) {
        if (!form.showsFiles()) {
            return;
        }
        Set<UUID> ids = new HashSet<>();
        rows.forEach(row -> collect(row, form, ids));
        ids.removeAll(known.keySet());
        if (!ids.isEmpty()) {
            known.putAll(session.files(ids));
        }
    }

    private static void collect(Row row, RowForm form, Set<UUID> ids) {
        for (String field : form.files()) {
            if (row.values().get(field) instanceof UUID id) {
                ids.add(id);
            }
        }
        form.parents().forEach((name, below) -> {
            Row parent = row.parents().get(name);
            if (parent != null) {
                collect(parent, below, ids);
            }
        });
        form.children()
                .forEach((name, child) -> row.children()
                        .getOrDefault(name, List.of())
                        .forEach(below -> collect(below, child.form(), ids)));
    }

    void write(UUID id, JsonGenerator json) {
        StoredFile file = known.get(id);
        if (file == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        FileController.describe(file).forEach((name, value) -> {
            json.writeName(name);
            switch (value) {
                case Long size when numbersAsText -> json.writeString(size.toString());
                case Long size -> json.writeNumber(size);
                case Integer pixels -> json.writeNumber(pixels);
                default -> json.writeString(value.toString());
            }
        });
        json.writeEndObject();
    }
}
