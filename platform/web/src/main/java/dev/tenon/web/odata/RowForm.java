package dev.tenon.web.odata;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.SystemField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.io.SerializedString;

/**
 * How rows of one shape are written. Made once for an answer: what a property is must not be asked again for each row.
 *
 * @param cells in order
 * @param files names of the fields that hold files
 * @param parents by the name of the reference
 * @param counts names of the numbers of collections
 * @param children by the name of the collection
 */
record RowForm(
        List<Cell> cells,
        List<String> files,
        Map<String, RowForm> parents,
        List<String> counts,
        Map<String, Below> children) {

    /** The records of an expanded collection. */
    record Below(RowForm form, int rows, Optional<Further> further) {}

    /** What a property shows. */
    enum Kind {
        ID,
        VERSION,
        FILE,
        /** A collection of OData may be empty, never null. */
        COLLECTION,
        VALUE
    }

    /** @param source the name of the value in the row */
    record Cell(SerializedString property, String source, Kind kind) {}

    static RowForm of(Shape shape) {
        List<Cell> cells = new ArrayList<>(shape.properties().size());
        List<String> files = new ArrayList<>();
        for (String property : shape.properties()) {
            Cell cell = cell(shape, property);
            cells.add(cell);
            if (cell.kind() == Kind.FILE) {
                files.add(cell.source());
            }
        }
        Map<String, RowForm> parents = new LinkedHashMap<>();
        shape.parents().forEach((name, below) -> parents.put(name, of(below)));
        Map<String, Below> children = new LinkedHashMap<>();
        shape.children()
                .forEach((name, child) ->
                        children.put(name, new Below(of(child.shape()), child.rows(), child.further())));
        return new RowForm(cells, files, parents, shape.counts(), children);
    }

    private static Cell cell(Shape shape, String property) {
        SerializedString written = new SerializedString(property);
        return switch (property) {
            case SystemField.ID -> new Cell(written, property, Kind.ID);
            case SystemField.VERSION -> new Cell(written, property, Kind.VERSION);
            default -> {
                Optional<Field> field = shape.object().fieldOf(property);
                yield new Cell(
                        written,
                        field.map(Field::name).orElse(property),
                        field.map(RowForm::kind).orElse(Kind.VALUE));
            }
        };
    }

    private static Kind kind(Field field) {
        if (FileValues.holds(field)) {
            return Kind.FILE;
        }
        return field.type() instanceof FieldType.MultiPicklist ? Kind.COLLECTION : Kind.VALUE;
    }

    /** Whether any row of an answer may show a file. */
    boolean showsFiles() {
        return !files.isEmpty()
                || parents.values().stream().anyMatch(RowForm::showsFiles)
                || children.values().stream().anyMatch(below -> below.form().showsFiles());
    }
}
