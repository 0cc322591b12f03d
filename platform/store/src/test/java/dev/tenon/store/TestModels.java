package dev.tenon.store;

import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Label;
import dev.tenon.metadata.model.Layout;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Provenance;
import dev.tenon.metadata.model.RecordType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.sdk.error.ErrorSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small models for tests of the store. */
public final class TestModels {

    private static final Provenance NOWHERE = new Provenance() {
        @Override
        public List<Contribution> of(ElementKey element, String property) {
            return List.of();
        }

        @Override
        public List<String> properties(ElementKey element) {
            return List.of();
        }
    };

    private TestModels() {}

    /** A model whose fingerprint is its version. */
    public static Model model(String tenant, int version, ObjectType... objects) {
        Map<String, ObjectType> byName = new LinkedHashMap<>();
        for (ObjectType object : objects) {
            byName.put(object.name(), object);
        }
        return new Model(
                tenant,
                version,
                tenant + "@" + version,
                byName,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                NOWHERE);
    }

    /** An object whose first field is the title; system fields are added. */
    public static ObjectType object(String name, Field... fields) {
        return object(name, List.of(), fields);
    }

    public static ObjectType object(String name, List<ObjectType.UniqueKey> keys, Field... fields) {
        List<Field> all = new ArrayList<>();
        all.add(system(SystemField.ID, new FieldType.Lookup(name)));
        all.add(system(SystemField.VERSION, new FieldType.WholeNumber(Optional.empty(), Optional.empty())));
        all.addAll(List.of(fields));
        all.add(system(SystemField.OWNER, new FieldType.Lookup("sys__User")));
        all.add(system(SystemField.CREATED_AT, new FieldType.DateTime()));
        all.add(system(SystemField.CREATED_BY, new FieldType.Lookup("sys__User")));
        all.add(system(SystemField.UPDATED_AT, new FieldType.DateTime()));
        all.add(system(SystemField.UPDATED_BY, new FieldType.Lookup("sys__User")));
        Map<String, Field> byName = new LinkedHashMap<>();
        all.forEach(field -> byName.put(field.name(), field));
        return new ObjectType(
                name,
                "test",
                Label.of(name),
                Label.of(name),
                fields[0].name(),
                ObjectType.Baseline.PUBLIC_READ_WRITE,
                false,
                byName,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Layout(List.of(), List.of()),
                keys);
    }

    /** The object with record types, of which the first is the default. */
    public static ObjectType typed(ObjectType object, String... types) {
        Map<String, Field> fields = new LinkedHashMap<>(object.fields());
        fields.put(SystemField.RECORD_TYPE, field(SystemField.RECORD_TYPE, picklist(types)));
        return new ObjectType(
                object.name(),
                object.origin(),
                object.label(),
                object.pluralLabel(),
                object.titleField(),
                object.baseline(),
                false,
                fields,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                object.layout(),
                object.uniqueKeys(),
                List.of(),
                java.util.stream.Stream.of(types)
                        .map(type -> new RecordType(
                                type, "test", Label.of(type), true, Map.of(), Optional.empty(), Optional.empty()))
                        .toList(),
                Optional.of(types[0]),
                Optional.empty());
    }

    public static Field field(String name, FieldType type) {
        return new Field(
                name,
                "test",
                Label.of(name),
                type,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false);
    }

    public static Field unique(String name, FieldType type) {
        return new Field(
                name,
                "test",
                Label.of(name),
                type,
                false,
                true,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false);
    }

    private static Field system(String name, FieldType type) {
        return new Field(
                name,
                "system",
                Label.of(name),
                type,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                true,
                true,
                false);
    }

    public static FieldType text(int length) {
        return new FieldType.Text(length, false, FieldType.Text.Format.PLAIN);
    }

    public static FieldType whole() {
        return new FieldType.WholeNumber(Optional.empty(), Optional.empty());
    }

    public static FieldType decimal(int precision, int scale) {
        return new FieldType.DecimalNumber(precision, scale, false);
    }

    public static FieldType formula(FieldType result) {
        return new FieldType.Formula(result, new ExpressionText("1", new ErrorSource("test", "test", 1, 1)));
    }

    public static FieldType picklist(String... keys) {
        List<FieldType.Picklist.Value> values = new ArrayList<>();
        for (String key : keys) {
            values.add(new FieldType.Picklist.Value(key, "test", Label.of(key), Optional.empty(), true));
        }
        return new FieldType.Picklist(values);
    }
}
