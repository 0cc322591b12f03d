package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.DuplicateRule;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.metadata.model.ValidationRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What saving and reading records of one object needs, compiled.
 *
 * @param defaults by field, in display order
 * @param typeDefaults by record type: defaults by field, instead of those
 * @param when by field, in display order; only fields that have conditions
 * @param formulas so ordered that each follows the ones it uses
 * @param formulaHops paths over lookups that formulas read, every prefix of a path included
 * @param candidates by reference: what has to hold for the record and what it refers to
 * @param rules the active ones
 * @param duplicates the active duplicate rules
 * @param triggers the active ones in the order they run: plugins, then scripts, each in layer order
 * @param rollUps roll-up fields of this object
 * @param feeds roll-ups of other objects that count this one's records
 * @param readers formulas of other objects that read this one's records over lookups
 * @param incoming fields of any object that refer to this one
 */
record ObjectPlan(
        ObjectType type,
        Map<String, Expr> defaults,
        Map<String, Map<String, Expr>> typeDefaults,
        Map<String, WhenPlan> when,
        List<FormulaPlan> formulas,
        Set<List<Expr.Hop>> formulaHops,
        Map<String, Expr> candidates,
        List<RulePlan> rules,
        List<DuplicatePlan> duplicates,
        List<TriggerPlan> triggers,
        List<RollUpPlan> rollUps,
        List<RollUpPlan> feeds,
        List<ReaderPlan> readers,
        List<IncomingReference> incoming) {

    ObjectPlan {
        defaults = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(defaults));
        typeDefaults = Map.copyOf(typeDefaults);
        when = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(when));
        formulas = List.copyOf(formulas);
        formulaHops = Set.copyOf(formulaHops);
        candidates = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(candidates));
        rules = List.copyOf(rules);
        duplicates = List.copyOf(duplicates);
        triggers = List.copyOf(triggers);
        rollUps = List.copyOf(rollUps);
        feeds = List.copyOf(feeds);
        readers = List.copyOf(readers);
        incoming = List.copyOf(incoming);
    }

    String name() {
        return type.name();
    }

    /** {@link Field.When}, compiled. */
    record WhenPlan(Optional<Expr> visible, Optional<Expr> required, Optional<Expr> readOnly) {

        private static final WhenPlan ALWAYS_THE_SAME =
                new WhenPlan(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The defaults of a record of the type, in display order. */
    Map<String, Expr> defaultsOf(@Nullable Object recordType) {
        Map<String, Expr> own =
                recordType == null ? Map.of() : typeDefaults.getOrDefault(recordType.toString(), Map.of());
        if (own.isEmpty()) {
            return defaults;
        }
        Map<String, Expr> all = new LinkedHashMap<>();
        type.fields().keySet().forEach(field -> {
            Expr expr = own.getOrDefault(field, defaults.get(field));
            if (expr != null) {
                all.put(field, expr);
            }
        });
        return all;
    }

    /** The conditions of a field. */
    WhenPlan whenOf(String field) {
        return when.getOrDefault(field, WhenPlan.ALWAYS_THE_SAME);
    }

    record FormulaPlan(Field field, FieldType result, Expr expression) {}

    record RulePlan(ValidationRule rule, Expr condition) {}

    /** @param condition of the records that are compared */
    record DuplicatePlan(DuplicateRule rule, Expr condition, List<MatchKeys> match) {
        DuplicatePlan {
            match = List.copyOf(match);
        }
    }

    record TriggerPlan(Trigger trigger, Optional<Expr> condition) {}

    /**
     * @param parent object that has the roll-up field
     * @param counted object whose records are counted
     * @param filter about a counted record
     * @param watched fields of the counted object whose change may change the result
     */
    record RollUpPlan(
            String parent, Field field, FieldType.RollUp type, String counted, Expr filter, Set<String> watched) {
        RollUpPlan {
            watched = Set.copyOf(watched);
        }
    }

    /**
     * Formulas of {@code object} that read, at the end of {@code hops}, some of {@code watched}.
     *
     * @param hops from a record of {@code object} to a record of this one
     */
    record ReaderPlan(String object, List<Expr.Hop> hops, Set<String> watched) {
        ReaderPlan {
            hops = List.copyOf(hops);
            watched = Set.copyOf(watched);
        }
    }

    record IncomingReference(String object, Field field, boolean master) {}
}
