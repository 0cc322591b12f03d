package dev.tenon.expression;

import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Label;
import dev.tenon.metadata.model.Layout;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Provenance;
import dev.tenon.metadata.model.Setting;
import dev.tenon.sdk.error.ErrorSource;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model to compile against, and records to evaluate on. */
final class Recruiting {

    static final String OFFER = "r__Offer";
    static final Model MODEL = model();
    static final Scope SCOPE = Scope.of(MODEL, OFFER);

    private Recruiting() {}

    /** Field by path, variable by name; everything else is empty. */
    static EvaluationContext with(Map<String, ?> values) {
        Map<String, Object> known = new HashMap<>(values);
        return new EvaluationContext() {
            @Override
            public @Nullable Object field(List<Expr.Hop> hops, String field) {
                StringBuilder path = new StringBuilder();
                hops.forEach(hop -> path.append(hop.lookup()).append('.'));
                return known.get(path.append(field).toString());
            }

            @Override
            public @Nullable Object variable(String name) {
                return known.get(name);
            }
        };
    }

    private static Model model() {
        Map<String, ObjectType> objects = new LinkedHashMap<>();
        put(
                objects,
                OFFER,
                Map.ofEntries(
                        Map.entry("id", new FieldType.Lookup(OFFER)),
                        Map.entry("title", text()),
                        Map.entry("note", text()),
                        Map.entry("salary", new FieldType.DecimalNumber(12, 2, false)),
                        Map.entry("months", new FieldType.WholeNumber(Optional.empty(), Optional.empty())),
                        Map.entry("urgent", new FieldType.Bool()),
                        Map.entry("startDate", new FieldType.DateOnly()),
                        Map.entry("sentAt", new FieldType.DateTime()),
                        Map.entry(
                                "stage",
                                new FieldType.Picklist(List.of(value("draft"), value("approved"), value("c__trial")))),
                        Map.entry("annual", formula(new FieldType.DecimalNumber(14, 2, false))),
                        Map.entry("interviews", rollUp(FieldType.RollUp.Function.COUNT, Optional.empty())),
                        Map.entry("topBonus", rollUp(FieldType.RollUp.Function.MAX, Optional.of("salary"))),
                        Map.entry("package", text()),
                        Map.entry("c__grade", text()),
                        Map.entry("secret", text()),
                        Map.entry("application", new FieldType.MasterDetail("r__Application")),
                        Map.entry("owner", new FieldType.Lookup("sys__User"))));
        put(objects, "r__Application", Map.of("position", new FieldType.Lookup("r__Position"), "source", text()));
        put(objects, "r__Position", Map.of("name", text(), "hiringManager", new FieldType.Lookup("sys__User")));
        put(objects, "sys__User", Map.of("name", text(), "manager", new FieldType.Lookup("sys__User")));
        Setting limit = new Setting(
                "r__limit", "r", Label.of("Limit"), new FieldType.DecimalNumber(12, 2, false), BigDecimal.TEN);
        return new Model(
                "test",
                1,
                "",
                objects,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of("r__limit", limit),
                List.of(),
                Map.of(),
                new NoProvenance());
    }

    private static FieldType text() {
        return new FieldType.Text(255, false, FieldType.Text.Format.PLAIN);
    }

    private static FieldType formula(FieldType result) {
        return new FieldType.Formula(result, new ExpressionText("1", new ErrorSource("r", "x", 1, 1)));
    }

    private static FieldType rollUp(FieldType.RollUp.Function function, Optional<String> field) {
        return new FieldType.RollUp(OFFER, "application", function, field, Optional.empty());
    }

    private static FieldType.Picklist.Value value(String key) {
        return new FieldType.Picklist.Value(key, "r", Label.of(key), Optional.empty(), true);
    }

    private static void put(Map<String, ObjectType> objects, String name, Map<String, FieldType> types) {
        Map<String, Field> fields = new LinkedHashMap<>();
        types.forEach((field, type) -> fields.put(
                field,
                new Field(
                        field,
                        "r",
                        Label.of(field),
                        type,
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        false)));
        objects.put(
                name,
                new ObjectType(
                        name,
                        "r",
                        Label.of(name),
                        Label.of(name),
                        "title",
                        ObjectType.Baseline.PRIVATE,
                        false,
                        fields,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new Layout(List.of(), List.of()),
                        List.of()));
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
