package dev.tenon.automation.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.Imports;
import dev.tenon.automation.Imports.Mode;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.RecordSession;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the field of each column: by explicit mapping, else by name, else by label in any language. */
final class ColumnMatching {

    private final ObjectType object;
    private final ObjectAccess access;
    private final Map<String, String> mapping;
    private final Optional<String> keyField;
    private final List<ErrorDetail> problems = new ArrayList<>();

    ColumnMatching(
            RecordSession session, String object, Map<String, String> mapping, Optional<String> keyField, Mode mode) {
        this.access = session.access(object);
        this.object = session.model().requireObject(object);
        this.mapping = mapping;
        this.keyField = keyField;
        if (mode == Mode.INSERT) {
            keyField.ifPresent(key -> problem(AutomationError.KEY_FIELD_UNNEEDED, Map.of("field", key)));
        } else if (keyField.isEmpty()) {
            problem(AutomationError.KEY_FIELD_MISSING, Map.of("mode", mode));
        }
    }

    /** For each column the field's name, empty text for none; everything that does not fit is told at once. */
    List<String> match(List<String> titles) {
        List<String> fields = propose(titles);
        if (!problems.isEmpty()) {
            throw AutomationError.COLUMNS_UNFIT
                    .error()
                    .with("count", problems.size())
                    .details(problems)
                    .build();
        }
        return fields;
    }

    /** What {@link #propose} has found to be wrong. */
    List<ErrorDetail> problems() {
        return problems;
    }

    /** As {@link #match}; what does not fit is left out and told by {@link #problems}. */
    List<String> propose(List<String> titles) {
        Set<String> present = titles.stream().map(String::strip).collect(Collectors.toSet());
        mapping.keySet().stream()
                .filter(c -> !present.contains(c.strip()))
                .sorted()
                .forEach(c -> problem(AutomationError.MAPPED_COLUMN_MISSING, Map.of("column", c)));
        Map<String, String> taken = new HashMap<>();
        List<String> fields = new ArrayList<>();
        for (String title : titles) {
            String column = title.strip();
            String field = column.isEmpty() || column.equals(Imports.ERROR_COLUMN) ? "" : field(column);
            if (!field.isEmpty() && taken.put(field, column) != null) {
                problem(AutomationError.COLUMN_TWICE, Map.of("column", column, "field", field));
                field = "";
            }
            fields.add(field);
        }
        keyField.ifPresent(key -> checkKey(key, fields));
        if (problems.isEmpty() && fields.stream().allMatch(String::isEmpty)) {
            problem(AutomationError.COLUMN_UNKNOWN, Map.of("column", String.join(", ", titles), "suggestion", names()));
        }
        return fields;
    }

    private void checkKey(String key, List<String> fields) {
        Field field = object.fields().get(key);
        boolean fit = field != null && access.mayRead(key) && fields.contains(key) && isKey(field);
        if (!fit) {
            problem(AutomationError.KEY_FIELD_UNFIT, Map.of("field", key));
        }
    }

    private static boolean isKey(Field field) {
        return switch (field.type()) {
            case FieldType.Text text -> !text.multiline();
            case FieldType.WholeNumber ignored -> true;
            case FieldType.AutoNumber ignored -> true;
            case FieldType.DateOnly ignored -> true;
            case FieldType.Picklist ignored -> true;
            case FieldType.Lookup ignored -> true;
            case FieldType.MasterDetail ignored -> true;
            case FieldType.DecimalNumber ignored -> true;
            case FieldType.File ignored -> false;
            case FieldType.Bool ignored -> false;
            case FieldType.DateTime ignored -> false;
            case FieldType.TimeOfDay ignored -> true;
            case FieldType.MultiPicklist ignored -> false;
            case FieldType.ManyToMany ignored -> false;
            case FieldType.RichText ignored -> false;
            case FieldType.Json ignored -> false;
            case FieldType.EncryptedText ignored -> false;
            case FieldType.Formula ignored -> false;
            case FieldType.RollUp ignored -> false;
            case FieldType.Derived ignored -> false;
        };
    }

    private String field(String column) {
        String mapped = mapping.get(column);
        if (mapped != null) {
            return mapped.isEmpty() ? "" : mappedField(column, mapped);
        }
        Field byName = object.fields().get(column);
        if (byName != null && access.mayRead(column)) {
            return writable(column, byName);
        }
        List<Field> byLabel = visible().stream()
                .filter(f -> f.label().texts().values().stream().anyMatch(l -> same(l, column)))
                .toList();
        if (byLabel.size() > 1) {
            problem(
                    AutomationError.COLUMN_AMBIGUOUS,
                    Map.of(
                            "column",
                            column,
                            "fields",
                            byLabel.stream().map(Field::name).collect(Collectors.joining(", "))));
            return "";
        }
        if (byLabel.isEmpty()) {
            problem(
                    AutomationError.COLUMN_UNKNOWN,
                    Map.of(
                            "column",
                            column,
                            "suggestion",
                            Suggestions.nearestOrSome(column, suggestions().keySet())));
            return "";
        }
        return writable(column, byLabel.getFirst());
    }

    private String mappedField(String column, String name) {
        Field field = object.fields().get(name);
        if (field == null || !access.mayRead(name)) {
            problem(
                    AutomationError.MAPPED_FIELD_UNKNOWN,
                    Map.of(
                            "column",
                            column,
                            "field",
                            name,
                            "suggestion",
                            Suggestions.nearestOrSome(name, suggestions().keySet())));
            return "";
        }
        return writable(column, field);
    }

    /** A key may also be a field that only the platform writes: it finds the record and is not set. */
    private String writable(String column, Field field) {
        boolean key = keyField.filter(field.name()::equals).isPresent();
        if (!key && (isComputed(field) || !access.mayEdit(field.name()))) {
            problem(AutomationError.COLUMN_NOT_WRITABLE, Map.of("column", column, "field", field.name()));
            return "";
        }
        return field.name();
    }

    static boolean isComputed(Field field) {
        return (field.system() && !field.name().equals(SystemField.OWNER))
                || field.type() instanceof FieldType.Formula
                || field.type() instanceof FieldType.RollUp
                || field.type() instanceof FieldType.Derived
                || field.type() instanceof FieldType.AutoNumber;
    }

    private List<Field> visible() {
        return object.fields().values().stream()
                .filter(f -> access.mayRead(f.name()))
                .toList();
    }

    private String names() {
        return visible().stream()
                .filter(f -> !isComputed(f))
                .map(Field::name)
                .limit(8)
                .collect(Collectors.joining(", "));
    }

    /** What people may write as a title, with what it would be. */
    private Map<String, String> suggestions() {
        Map<String, String> known = new LinkedHashMap<>();
        visible().stream().filter(f -> !isComputed(f)).forEach(f -> {
            known.put(f.name(), f.name());
            f.label().texts().values().forEach(l -> known.put(l, l));
        });
        return known;
    }

    private static boolean same(String label, String title) {
        return label.strip().toLowerCase(Locale.ROOT).equals(title.toLowerCase(Locale.ROOT));
    }

    private void problem(AutomationError code, Map<String, Object> args) {
        Object column = args.getOrDefault("column", args.getOrDefault("field", ""));
        problems.add(new ErrorDetail(
                code, "/" + String.valueOf(column).replace("~", "~0").replace("/", "~1"), args));
    }
}
