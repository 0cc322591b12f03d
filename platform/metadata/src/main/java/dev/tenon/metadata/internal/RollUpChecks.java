package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.internal.ObjectFields.FieldFact;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.sdk.error.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks roll-ups: whose records they take together, and which values. */
final class RollUpChecks {

    private static final Set<String> NUMBERS = Set.of("integer", "decimal", "percent");
    private static final Set<String> ORDERED = Set.of("integer", "decimal", "percent", "date", "dateTime", "time");

    /** What has a currency of its own. */
    private static final Set<String> AMOUNTS = Set.of(CompoundFields.CURRENCY, "converted");

    private final ObjectFields fields;
    private final Findings found;

    RollUpChecks(ObjectFields fields, Findings found) {
        this.fields = fields;
        this.found = found;
    }

    void check(String object, EffectiveElement field) {
        String other = String.valueOf(field.value("object"));
        if (!fields.hasObject(other)) {
            found.report(
                    field,
                    "object",
                    MetadataError.REFERENCE_UNKNOWN,
                    Map.of(
                            "kind",
                            ElementTypes.OBJECT,
                            "name",
                            other,
                            "suggestion",
                            Suggestions.nearestOrSome(other, fields.objects())));
            return;
        }
        String via = String.valueOf(field.value("via"));
        if (links(object, via, other) || links(other, via, object)) {
            if (!"count".equals(field.value("function"))
                    || field.text("filter") != null
                    || field.text("field") != null) {
                found.report(field, "function", MetadataError.ROLL_UP_LINKS, Map.of("via", via));
            }
            return;
        }
        boolean refers =
                fields.find(other, via).filter(f -> object.equals(f.target())).isPresent();
        if (!refers) {
            List<String> candidates = fields.names(other).stream()
                    .filter(name -> fields.find(other, name)
                            .filter(f -> object.equals(f.target()))
                            .isPresent())
                    .toList();
            found.report(
                    field,
                    "via",
                    MetadataError.ROLL_UP_VIA,
                    Map.of(
                            "via", via,
                            "other", other,
                            "object", object,
                            "suggestion", Suggestions.nearestOrSome(via, candidates)));
        }
        String function = String.valueOf(field.value("function"));
        String summed = field.text("field");
        if (summed != null
                && !function.equals("count")
                && fields.find(other, summed)
                        .filter(f -> AMOUNTS.contains(f.type()))
                        .isPresent()) {
            found.report(field, "field", MetadataError.ROLL_UP_CURRENCY, Map.of("field", summed, "other", other));
            return;
        }
        Set<String> allowed = Set.of("sum", "avg").contains(function) ? NUMBERS : ORDERED;
        boolean fits = function.equals("count")
                ? summed == null
                : summed != null
                        && fields.find(other, summed)
                                .filter(f -> allowed.contains(rolledType(f)))
                                .isPresent();
        if (!fits) {
            List<String> candidates = fields.names(other).stream()
                    .filter(name -> fields.find(other, name)
                            .filter(f -> allowed.contains(rolledType(f)))
                            .isPresent())
                    .toList();
            found.report(
                    field,
                    summed == null ? "function" : "field",
                    MetadataError.ROLL_UP_FIELD,
                    Map.of(
                            "function",
                            function,
                            "field",
                            String.valueOf(summed),
                            "other",
                            other,
                            "suggestion",
                            function.equals("count")
                                    ? "-"
                                    : Suggestions.nearestOrSome(String.valueOf(summed), candidates)));
        }
    }

    private boolean links(String object, String field, String target) {
        return fields.find(object, field).filter(f -> target.equals(f.linked())).isPresent();
    }

    /** The type of what it holds: a roll-up's value is of the type of what it takes together. */
    private String rolledType(FieldFact field) {
        return rolledType(field, new HashSet<>());
    }

    private String rolledType(FieldFact field, Set<ElementKey> over) {
        EffectiveElement element = field.element();
        if (element == null || !field.type().equals("rollUp")) {
            return field.valueType();
        }
        String function = element.text("function");
        String taken = element.text("field");
        // A circle is told with its way when the model is checked.
        if (taken == null || !over.add(element.key())) {
            return "integer";
        }
        return "avg".equals(function)
                ? "decimal"
                : fields.find(String.valueOf(element.text("object")), taken)
                        .map(f -> rolledType(f, over))
                        .orElse(field.type());
    }
}
