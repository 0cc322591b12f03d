package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.model.DuplicateRule;
import dev.tenon.metadata.model.DuplicateRule.Alternative;
import dev.tenon.metadata.model.DuplicateRule.Criterion;
import dev.tenon.metadata.model.DuplicateRule.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Duplicate rules: what their {@code match} says, and which fields it may name. */
final class MatchParts {

    private static final Set<String> TEXTS = Set.of("text", "longText");

    /** One value, kept in a column, that the record does not get from others. */
    private static final Set<String> COMPARED = Set.of(
            "text",
            "longText",
            "integer",
            "decimal",
            "percent",
            "currency",
            "boolean",
            "date",
            "dateTime",
            "time",
            "picklist",
            "lookup",
            "masterDetail");

    private MatchParts() {}

    static DuplicateRule rule(EffectiveElement rule) {
        return new DuplicateRule(
                rule.localName(),
                rule.origin(),
                Typed.label(rule, "message"),
                Typed.constant(DuplicateRule.Action.class, rule, "action"),
                Typed.constant(DuplicateRule.Visibility.class, rule, "visibility"),
                Typed.expression(rule, "condition"),
                alternatives(rule),
                rule.flag("active"));
    }

    private static List<Alternative> alternatives(EffectiveElement rule) {
        List<Alternative> alternatives = new ArrayList<>();
        if (rule.value("match") instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> fields) {
                    List<Criterion> all = new ArrayList<>();
                    fields.forEach((field, how) -> all.add(criterion(String.valueOf(field), how)));
                    alternatives.add(new Alternative(all));
                }
            }
        }
        return alternatives;
    }

    private static Criterion criterion(String field, Object how) {
        return how instanceof Map<?, ?> fuzzy
                ? new Criterion(field, Measure.FUZZY, Typed.integer(fuzzy.get("fuzzy"), DuplicateRule.USUAL_THRESHOLD))
                : new Criterion(
                        field, Typed.constant(Measure.class, String.valueOf(how)), DuplicateRule.USUAL_THRESHOLD);
    }

    static void check(References found, ObjectFields fields, EffectiveElement rule, String object) {
        if (object.startsWith(PackageInfo.SYSTEM_NAMESPACE + "__")) {
            // The platform writes its own objects past the order of a save.
            found.report(rule, null, MetadataError.MATCH_OBJECT, Map.of("object", object));
            return;
        }
        for (Alternative alternative : alternatives(rule)) {
            for (Criterion criterion : alternative.all()) {
                if (found.stored(rule, "match", object, criterion.field())) {
                    fields.find(object, criterion.field())
                            .filter(fact -> !fits(fact.type(), criterion.measure()))
                            .ifPresent(fact -> found.report(
                                    rule,
                                    "match",
                                    MetadataError.MATCH_FIELD,
                                    Map.of(
                                            "field",
                                            fact.name(),
                                            "type",
                                            fact.type(),
                                            "measure",
                                            criterion.measure().name().toLowerCase(java.util.Locale.ROOT))));
                }
            }
        }
    }

    private static boolean fits(String type, Measure measure) {
        return switch (measure) {
            case EXACT -> COMPARED.contains(type);
            case NORMALIZED -> TEXTS.contains(type);
            case FUZZY -> type.equals("text");
        };
    }
}
