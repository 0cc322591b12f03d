package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.DuplicateRule;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.RecordType;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.records.internal.CheckedModel.ExpressionKey;
import dev.tenon.records.internal.ObjectPlan.DuplicatePlan;
import dev.tenon.records.internal.ObjectPlan.FormulaPlan;
import dev.tenon.records.internal.ObjectPlan.IncomingReference;
import dev.tenon.records.internal.ObjectPlan.ReaderPlan;
import dev.tenon.records.internal.ObjectPlan.RollUpPlan;
import dev.tenon.records.internal.ObjectPlan.RulePlan;
import dev.tenon.records.internal.ObjectPlan.TriggerPlan;
import dev.tenon.records.internal.ObjectPlan.WhenPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a model and its compiled expressions into one plan for each object. */
final class PlanBuilder {

    private final Model model;
    private final Map<ExpressionKey, Expr> expressions;
    private final Optional<CheckedModel> before;
    private final Set<String> changed;
    private final ComputationOrder order;
    private final Map<String, List<RollUpPlan>> rollUps = new HashMap<>();
    private final Map<String, List<RollUpPlan>> feeds = new HashMap<>();
    private final Map<String, List<ReaderPlan>> readers = new HashMap<>();
    private final Map<String, List<IncomingReference>> incoming = new HashMap<>();
    private final Map<String, Set<List<Expr.Hop>>> hops = new HashMap<>();

    /** @param changed the objects whose expressions are other ones than before */
    PlanBuilder(Model model, Map<ExpressionKey, Expr> expressions, Optional<CheckedModel> before, Set<String> changed) {
        this.model = model;
        this.expressions = expressions;
        this.before = before;
        this.changed = changed;
        this.order = new ComputationOrder(model, expressions);
    }

    Map<String, ObjectPlan> plans() {
        for (ObjectType object : model.objects().values()) {
            object.fields().values().forEach(field -> connect(object, field));
        }
        Map<String, ObjectPlan> plans = new HashMap<>();
        model.objects()
                .values()
                .forEach(object -> plans.put(object.name(), known(object).orElseGet(() -> plan(object))));
        return plans;
    }

    /** Other objects say the rest of it: what refers to this one, counts its records, reads them or is read by it. */
    private Optional<ObjectPlan> known(ObjectType object) {
        String name = object.name();
        return before.filter(compiled -> !changed.contains(name))
                .flatMap(compiled -> compiled.findPlan(name))
                .filter(plan -> plan.formulaHops().equals(hops.getOrDefault(name, Set.of()))
                        && plan.rollUps().equals(rollUps.getOrDefault(name, List.of()))
                        && plan.feeds().equals(feeds.getOrDefault(name, List.of()))
                        && plan.readers().equals(merged(readers.getOrDefault(name, List.of())))
                        && plan.incoming().equals(incoming.getOrDefault(name, List.of())));
    }

    private ObjectPlan plan(ObjectType object) {
        String name = object.name();
        Map<String, Expr> defaults = new LinkedHashMap<>();
        object.fields()
                .values()
                .forEach(f -> f.defaultValue()
                        .map(text -> require(name, text))
                        .filter(value -> !f.refersForAnother() || value.type().equals(ValueType.of(model, f)))
                        .ifPresent(value -> defaults.put(f.name(), value)));
        Map<String, Map<String, Expr>> typeDefaults = new HashMap<>();
        for (RecordType type : object.recordTypes()) {
            Map<String, Expr> own = new HashMap<>();
            type.defaults().forEach((field, text) -> own.put(field, require(name, text)));
            typeDefaults.put(type.key(), own);
        }
        Map<String, WhenPlan> when = new LinkedHashMap<>();
        object.fields().values().stream()
                .filter(f -> !f.when().isEmpty())
                .forEach(f -> when.put(f.name(), when(name, f.when())));
        List<FormulaPlan> formulas = new ArrayList<>();
        for (Field field : order.formulas(object)) {
            if (field.type() instanceof FieldType.Formula formula) {
                formulas.add(new FormulaPlan(field, formula.result(), require(name, formula.expression())));
            }
        }
        Map<String, Expr> candidates = new LinkedHashMap<>();
        object.fields()
                .values()
                .forEach(f -> References.candidates(f)
                        .filter()
                        .ifPresent(text ->
                                candidates.put(f.name(), require(TextsOfElement.placeOfCandidates(object, f), text))));
        List<RulePlan> rules = ModelExpressions.active(object).stream()
                .map(rule -> new RulePlan(rule, require(name, rule.condition())))
                .toList();
        return new ObjectPlan(
                object,
                defaults,
                typeDefaults,
                when,
                formulas,
                hops.getOrDefault(name, Set.of()),
                candidates,
                rules,
                duplicates(object),
                triggers(object),
                rollUps.getOrDefault(name, List.of()),
                feeds.getOrDefault(name, List.of()),
                merged(readers.getOrDefault(name, List.of())),
                incoming.getOrDefault(name, List.of()));
    }

    private List<DuplicatePlan> duplicates(ObjectType object) {
        return object.duplicateRules().stream()
                .filter(DuplicateRule::active)
                .map(rule -> new DuplicatePlan(
                        rule,
                        rule.condition()
                                .map(text -> require(object.name(), text))
                                .orElse(Expr.TRUE),
                        rule.match().stream()
                                .map(alternative -> MatchKeys.of(object, alternative))
                                .toList()))
                .toList();
    }

    private WhenPlan when(String object, Field.When when) {
        return new WhenPlan(
                when.visible().map(text -> require(object, text)),
                when.required().map(text -> require(object, text)),
                when.readOnly().map(text -> require(object, text)));
    }

    /** Plugins before scripts; the sort is stable, so each kind stays in the order of the layers. */
    private List<TriggerPlan> triggers(ObjectType object) {
        return object.triggers().stream()
                .filter(Trigger::active)
                .sorted(java.util.Comparator.comparing(t -> t.handler() instanceof Handler.Script))
                .map(t -> new TriggerPlan(t, t.condition().map(text -> require(object.name(), text))))
                .toList();
    }

    private void connect(ObjectType object, Field field) {
        switch (field.type()) {
            case FieldType.Formula formula -> connectFormula(object, require(object.name(), formula.expression()));
            case FieldType.RollUp rollUp -> connectRollUp(object, field, rollUp);
            case FieldType.Lookup lookup -> refer(lookup.target(), object, field, false);
            case FieldType.MasterDetail master -> refer(master.target(), object, field, true);
            case FieldType.Text t -> {}
            case FieldType.WholeNumber n -> {}
            case FieldType.DecimalNumber n -> {}
            case FieldType.Bool b -> {}
            case FieldType.DateOnly d -> {}
            case FieldType.DateTime d -> {}
            case FieldType.TimeOfDay d -> {}
            case FieldType.MultiPicklist d -> {}
            case FieldType.ManyToMany m -> {}
            case FieldType.RichText d -> {}
            case FieldType.Json d -> {}
            case FieldType.EncryptedText d -> {}
            case FieldType.Picklist p -> {}
            case FieldType.File f -> {}
            case FieldType.AutoNumber a -> {}
            case FieldType.Derived d -> {}
        }
    }

    private void refer(String target, ObjectType object, Field field, boolean master) {
        if (model.findObject(target).isEmpty()) {
            return;
        }
        add(incoming, target, new IncomingReference(object.name(), field, master));
    }

    private void connectFormula(ObjectType object, Expr formula) {
        for (Expr.FieldRef reference : Conditions.references(formula)) {
            for (int length = 1; length <= reference.hops().size(); length++) {
                List<Expr.Hop> prefix = reference.hops().subList(0, length);
                hops.computeIfAbsent(object.name(), o -> new HashSet<>()).add(List.copyOf(prefix));
                String read = length == reference.hops().size()
                        ? reference.field()
                        : reference.hops().get(length).lookup();
                add(readers, prefix.getLast().target(), new ReaderPlan(object.name(), prefix, Set.of(read)));
            }
        }
    }

    private void connectRollUp(ObjectType parent, Field field, FieldType.RollUp rollUp) {
        Expr filter =
                rollUp.filter().map(text -> require(rollUp.object(), text)).orElse(Expr.TRUE);
        Set<String> watched = new HashSet<>();
        watched.add(rollUp.via());
        rollUp.field().ifPresent(watched::add);
        Conditions.references(filter).forEach(reference -> watched.add(reference.field()));
        RollUpPlan plan = new RollUpPlan(parent.name(), field, rollUp, rollUp.object(), filter, watched);
        add(rollUps, parent.name(), plan);
        add(feeds, rollUp.object(), plan);
    }

    /** One reader for each way from object to object, so that its records are looked for once. */
    private static List<ReaderPlan> merged(List<ReaderPlan> readers) {
        Map<List<Object>, Set<String>> watched = new LinkedHashMap<>();
        Map<List<Object>, ReaderPlan> first = new HashMap<>();
        for (ReaderPlan reader : readers) {
            List<Object> way = List.of(reader.object(), reader.hops());
            watched.computeIfAbsent(way, w -> new HashSet<>()).addAll(reader.watched());
            first.putIfAbsent(way, reader);
        }
        List<ReaderPlan> result = new ArrayList<>();
        watched.forEach((way, fields) -> {
            ReaderPlan reader = first.get(way);
            if (reader != null) {
                result.add(new ReaderPlan(reader.object(), reader.hops(), fields));
            }
        });
        return result;
    }

    private static <T> void add(Map<String, List<T>> map, String key, T value) {
        map.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }

    private Expr require(String object, ExpressionText text) {
        return ModelExpressions.find(expressions, object, text)
                .orElseThrow(() -> new IllegalStateException("not compiled: " + text));
    }
}
