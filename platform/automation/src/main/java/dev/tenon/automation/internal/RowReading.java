package dev.tenon.automation.internal;

import dev.tenon.automation.AutomationError;
import dev.tenon.automation.internal.table.TableRow;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.RecordSession;
import dev.tenon.records.TitleList;
import dev.tenon.records.ValueParser;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes values from the cells of some rows at once; references are looked up together. */
final class RowReading {

    private final RecordSession session;
    private final ObjectType object;
    private final List<String> columns;
    private final ReferenceLookup references;

    RowReading(RecordSession session, ObjectType object, List<String> columns) {
        this.session = session;
        this.object = object;
        this.columns = columns;
        this.references = new ReferenceLookup(session);
    }

    /**
     * One row of the file.
     *
     * @param values by field; empty cells are absent
     * @param faults what is wrong with cells; empty for a row that can be saved
     */
    record Read(long line, Map<String, @Nullable Object> values, List<CellFault> faults) {}

    /** @param field empty text for the row as a whole */
    record CellFault(String field, PlatformException fault) {}

    List<Read> read(List<TableRow> records) {
        for (int column = 0; column < columns.size(); column++) {
            String target = target(columns.get(column));
            if (!target.isEmpty()) {
                int at = column;
                boolean several = isLinks(object.fields().get(columns.get(column)));
                references.prepare(
                        target,
                        records.stream()
                                .map(r -> r.cell(at))
                                .flatMap(cell -> several ? TitleList.split(cell).stream() : Stream.of(cell))
                                .toList());
            }
        }
        return records.stream().map(this::read).toList();
    }

    private Read read(TableRow record) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        List<CellFault> faults = new ArrayList<>();
        if (record.cells().stream().skip(columns.size()).anyMatch(c -> !c.isBlank())) {
            faults.add(new CellFault(
                    "",
                    AutomationError.ROW_TOO_WIDE
                            .error()
                            .with("found", record.cells().size())
                            .with("expected", columns.size())
                            .build()));
        }
        for (int column = 0; column < columns.size(); column++) {
            String name = columns.get(column);
            String text = record.cell(column);
            if (name.isEmpty() || text.isBlank()) {
                continue;
            }
            try {
                values.put(name, value(object.requireField(name), text));
            } catch (PlatformException fault) {
                faults.add(new CellFault(name, fault));
            }
        }
        return new Read(record.line(), values, faults);
    }

    private @Nullable Object value(Field field, String text) {
        String target = target(field.name());
        if (target.isEmpty()) {
            if (isMarked(text) && field.type() instanceof FieldType.Text) {
                return text;
            }
            ActingUser reader = session.identity().user();
            return ValueParser.parse(field, text, reader.locale(), reader.zone());
        }
        return isLinks(field)
                ? TitleList.split(text).stream()
                        .map(title -> references.require(field.name(), target, title))
                        .toList()
                : references.require(field.name(), target, text.strip());
    }

    private static boolean isLinks(@Nullable Field field) {
        return field != null && field.type() instanceof FieldType.ManyToMany;
    }

    /** What was exported with a mark against formulas comes back with all its characters. */
    private static boolean isMarked(String text) {
        return text.startsWith("\t") || text.startsWith("\r");
    }

    /** The object that a column's cells name records of; empty text for other columns. */
    private String target(String field) {
        return Optional.ofNullable(object.fields().get(field))
                .map(Field::type)
                .map(type -> switch (type) {
                    case FieldType.Lookup lookup -> lookup.target();
                    case FieldType.MasterDetail master -> master.target();
                    case FieldType.ManyToMany links -> links.target();
                    case FieldType.Text ignored -> "";
                    case FieldType.WholeNumber ignored -> "";
                    case FieldType.DecimalNumber ignored -> "";
                    case FieldType.Bool ignored -> "";
                    case FieldType.DateOnly ignored -> "";
                    case FieldType.DateTime ignored -> "";
                    case FieldType.TimeOfDay ignored -> "";
                    case FieldType.MultiPicklist ignored -> "";
                    case FieldType.RichText ignored -> "";
                    case FieldType.Json ignored -> "";
                    case FieldType.EncryptedText ignored -> "";
                    case FieldType.Picklist ignored -> "";
                    case FieldType.File ignored -> "";
                    case FieldType.AutoNumber ignored -> "";
                    case FieldType.Formula ignored -> "";
                    case FieldType.RollUp ignored -> "";
                    case FieldType.Derived ignored -> "";
                })
                .orElse("");
    }
}
