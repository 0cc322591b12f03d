package dev.tenon.store.sql;

import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Label;
import dev.tenon.metadata.model.Layout;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Provenance;
import dev.tenon.metadata.model.Setting;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small model with a field of every kind and a lookup to follow. */
final class SampleModel {

    private static final List<FieldType.Picklist.Value> VALUES =
            List.of(value("open", "进行中"), value("won", "成功😀"), value("lost", "失败"));

    static final String THING = "t__Thing";
    static final String PARENT = "t__Parent";
    static final String USER = "sys__User";

    static final Model MODEL = model();

    static final Scope SCOPE = new Scope(
            MODEL,
            Optional.of(THING),
            Map.of(
                    "ids", new ValueType.ListOf(new ValueType.Reference(PARENT)),
                    "none", new ValueType.ListOf(ValueType.Simple.TEXT),
                    "nothing", ValueType.Simple.TEXT),
            (object, field) -> true);

    private SampleModel() {}

    private static Model model() {
        Map<String, FieldType> thing = new LinkedHashMap<>();
        thing.put("id", new FieldType.Text(36, false, FieldType.Text.Format.PLAIN));
        thing.put("name", text());
        thing.put("note", text());
        thing.put("stage", new FieldType.Picklist(VALUES));
        thing.put("count", new FieldType.WholeNumber(Optional.empty(), Optional.empty()));
        thing.put("rank", new FieldType.WholeNumber(Optional.empty(), Optional.empty()));
        thing.put("price", new FieldType.DecimalNumber(12, 2, false));
        thing.put("weight", new FieldType.DecimalNumber(38, 10, false));
        thing.put("active", new FieldType.Bool());
        thing.put("marked", new FieldType.Bool());
        thing.put("start", new FieldType.DateOnly());
        thing.put("end", new FieldType.DateOnly());
        thing.put("seen", new FieldType.DateTime());
        thing.put("left", new FieldType.DateTime());
        thing.put("opens", new FieldType.TimeOfDay());
        thing.put("closes", new FieldType.TimeOfDay());
        thing.put("tags", new FieldType.MultiPicklist(VALUES));
        thing.put("body", new FieldType.RichText(255));
        thing.put("parent", new FieldType.Lookup(PARENT));
        thing.put("other", new FieldType.Lookup(PARENT));
        thing.put("owner", new FieldType.Lookup(USER));
        Map<String, FieldType> parent = new LinkedHashMap<>();
        parent.put("id", new FieldType.Text(36, false, FieldType.Text.Format.PLAIN));
        parent.put("name", text());
        parent.put("size", new FieldType.WholeNumber(Optional.empty(), Optional.empty()));
        parent.put("budget", new FieldType.DecimalNumber(12, 2, false));
        parent.put("open", new FieldType.Bool());
        parent.put("founded", new FieldType.DateOnly());
        parent.put("changed", new FieldType.DateTime());
        parent.put("above", new FieldType.Lookup(PARENT));
        parent.put("owner", new FieldType.Lookup(USER));
        Map<String, ObjectType> objects = new LinkedHashMap<>();
        objects.put(THING, object(THING, thing));
        objects.put(PARENT, object(PARENT, parent));
        objects.put(USER, object(USER, Map.of("id", new FieldType.Text(36, false, FieldType.Text.Format.PLAIN))));
        Setting limit = new Setting(
                "t__limit",
                "t",
                Label.of("Limit"),
                new FieldType.DecimalNumber(12, 2, false),
                new BigDecimal("30000.00"));
        return new Model(
                "test",
                1,
                "",
                objects,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of("t__limit", limit),
                List.of(),
                Map.of(),
                new NoProvenance());
    }

    private static FieldType text() {
        return new FieldType.Text(255, false, FieldType.Text.Format.PLAIN);
    }

    private static FieldType.Picklist.Value value(String key, String chinese) {
        return new FieldType.Picklist.Value(
                key, "t", new Label(Map.of("en", "It is " + key, "zh-CN", chinese)), Optional.empty(), true);
    }

    private static ObjectType object(String name, Map<String, FieldType> types) {
        Map<String, Field> fields = new LinkedHashMap<>();
        types.forEach((field, type) -> fields.put(
                field,
                new Field(
                        field,
                        "t",
                        Label.of(field),
                        type,
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        field.equals("id"),
                        false)));
        return new ObjectType(
                name,
                "t",
                Label.of(name),
                Label.of(name),
                "name",
                ObjectType.Baseline.PRIVATE,
                false,
                fields,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Layout(List.of(), List.of()),
                List.of());
    }

    private static final class NoProvenance implements Provenance {
        @Override
        public List<Contribution> of(ElementKey element, String property) {
            return List.of();
        }

        @Override
        public List<String> properties(ElementKey element) {
            return List.of();
        }
    }
}
