package dev.tenon.approval.internal;

import dev.tenon.access.AccessRestriction.Rules;
import dev.tenon.access.Conditions;
import dev.tenon.approval.ApprovalObjects;
import dev.tenon.approval.internal.CompiledPolicy.Levels;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Row and field conditions of the approval objects under one model. */
public final class ApprovalRights {

    private static final ValueType INSTANCE = new ValueType.Reference(ApprovalObjects.INSTANCE);

    /**
     * Numbers that count events, and what the engine keeps beside: they would tell of items that a policy hides. Closed
     * here and not only by the objects' files, because another layer can show a hidden field.
     */
    private static final Map<String, Set<String>> ENGINE_ONLY = Map.of(
            ApprovalObjects.NODE_RUN,
            Set.of("activatedSeq", "closedSeq", "votesTotal", "votesYes", "votesNo", "votesOpen"),
            ApprovalObjects.TASK,
            Set.of("activatedSeq", "decidedSeq", "recordVersion"),
            ApprovalObjects.EVENT,
            Set.of("seq", "closedSeq", "details", "previousHash", "hash"),
            ApprovalObjects.COMMENT,
            Set.of("seq", "nodeActivatedSeq", "nodeClosedSeq"),
            ApprovalObjects.PARTICIPANT,
            Set.of("firstSeq", "lastActivatedSeq", "lastDecidedSeq"),
            ApprovalObjects.AUDIENCE,
            Set.of("seq"));

    private static final Map<ItemSymbols, Set<String>> CONTENT = Map.of(ItemSymbols.COMMENT, Set.of("body"));

    private static final Map<ItemSymbols, Set<String>> DECISION = Map.of(
            ItemSymbols.COMMENT,
            Set.of("kind"),
            ItemSymbols.TASK,
            Set.of("state", "decision", "reason", "decidedAt", "updatedAt"),
            ItemSymbols.EVENT,
            Set.of("kind", "reason"));

    private static final Map<ItemSymbols, Set<String>> ACTOR = Map.of(
            ItemSymbols.COMMENT,
            Set.of("author", "actingFor"),
            ItemSymbols.TASK,
            Set.of("assignee", "decidedBy"),
            ItemSymbols.EVENT,
            Set.of("actor", "task"));

    private final Set<String> approvedObjects;
    private final Map<String, List<CompiledPolicy>> policies;

    public ApprovalRights(Model model, Map<String, List<CompiledPolicy>> policies) {
        this.policies = policies;
        Set<String> objects = new TreeSet<>();
        for (ApprovalProcess process : model.approvals().values()) {
            objects.add(process.object());
        }
        this.approvedObjects = objects;
    }

    /** @param readable for an object under approval: the condition under which its records may be read */
    public Rules rules(String object, boolean audits, boolean administers, Function<String, Expr> readable) {
        Expr instance = audits || administers ? Expr.TRUE : instance(readable);
        return switch (object) {
            case ApprovalObjects.INSTANCE -> new Rules(instance, Map.of());
            case ApprovalObjects.NODE_RUN -> new Rules(ofVisible(object, instance), engineOnly(object, audits));
            case ApprovalObjects.PARTICIPANT, ApprovalObjects.AUDIENCE ->
                // Who else was asked or addressed may be just what a policy hides.
                new Rules(
                        audits
                                ? Expr.TRUE
                                : Expr.equal(ItemSymbols.field(0, object, "user", ItemSymbols.USER), ItemSymbols.ME),
                        engineOnly(object, audits));
            case ApprovalObjects.TASK -> item(ItemSymbols.TASK, instance, audits);
            case ApprovalObjects.EVENT -> item(ItemSymbols.EVENT, instance, audits);
            case ApprovalObjects.COMMENT -> item(ItemSymbols.COMMENT, instance, audits);
            default -> throw new IllegalArgumentException("not an approval object: " + object);
        };
    }

    /** The built-in rule: people who take part, and whoever sees the record. Told about an instance. */
    private Expr instance(Function<String, Expr> readable) {
        String object = ApprovalObjects.INSTANCE;
        Expr submitted = Expr.equal(ItemSymbols.field(0, object, "submitter", ItemSymbols.USER), ItemSymbols.ME);
        Expr takesPart = new Expr.Exists(
                ApprovalObjects.PARTICIPANT,
                Expr.and(
                        Expr.equal(
                                ItemSymbols.field(0, ApprovalObjects.PARTICIPANT, "instance", INSTANCE),
                                ItemSymbols.field(1, object, "id", Simple.ID)),
                        Expr.equal(
                                ItemSymbols.field(0, ApprovalObjects.PARTICIPANT, "user", ItemSymbols.USER),
                                ItemSymbols.ME)));
        Expr visible = Expr.or(submitted, takesPart);
        for (String approved : approvedObjects) {
            Expr read = readable.apply(approved);
            if (read.equals(Expr.FALSE)) {
                continue;
            }
            Expr sameObject = Expr.equal(
                    ItemSymbols.field(0, object, "object", Simple.TEXT), new Expr.Literal(approved, Simple.TEXT));
            Expr sameRecord = Expr.equal(
                    ItemSymbols.field(0, approved, "id", Simple.ID),
                    new Expr.Convert(ItemSymbols.field(1, object, "recordId", Simple.TEXT), Simple.ID));
            visible = Expr.or(visible, Expr.and(sameObject, new Expr.Exists(approved, Expr.and(sameRecord, read))));
        }
        return visible;
    }

    private static Expr ofVisible(String object, Expr instance) {
        if (instance.equals(Expr.TRUE)) {
            return Expr.TRUE;
        }
        Expr same = Expr.equal(
                ItemSymbols.field(0, ApprovalObjects.INSTANCE, "id", Simple.ID),
                ItemSymbols.field(1, object, "instance", INSTANCE));
        return new Expr.Exists(ApprovalObjects.INSTANCE, Expr.and(same, instance));
    }

    private Rules item(ItemSymbols symbols, Expr instance, boolean audits) {
        Map<String, Expr> fields = new HashMap<>(engineOnly(symbols.object(), audits));
        Expr read = ofVisible(symbols.object(), instance);
        if (audits) {
            return new Rules(read, fields);
        }
        Expr existence = restricted(symbols, Levels::existence);
        close(fields, CONTENT.getOrDefault(symbols, Set.of()), restricted(symbols, Levels::content), existence);
        close(fields, DECISION.getOrDefault(symbols, Set.of()), restricted(symbols, Levels::decision), existence);
        close(fields, ACTOR.getOrDefault(symbols, Set.of()), restricted(symbols, Levels::actor), existence);
        return new Rules(Expr.and(read, existence), fields);
    }

    /** What holds for every row that is there needs no asking for its cells. */
    private static void close(Map<String, Expr> fields, Set<String> names, Expr condition, Expr existence) {
        if (!condition.equals(existence)) {
            put(fields, names, condition);
        }
    }

    /** All policies and-ed, each of them silent about other processes' items and about events that are no items. */
    private Expr restricted(ItemSymbols symbols, Function<Levels, Expr> level) {
        Expr result = Expr.TRUE;
        for (Map.Entry<String, List<CompiledPolicy>> entry : new java.util.TreeMap<>(policies).entrySet()) {
            for (CompiledPolicy policy : entry.getValue()) {
                Levels levels = policy.levels().get(symbols);
                Expr condition = levels == null ? Expr.FALSE : level.apply(levels);
                if (condition.equals(Expr.TRUE)) {
                    continue;
                }
                List<Expr> alternatives = new ArrayList<>();
                alternatives.add(new Expr.Binary(
                        Expr.BinaryOperator.NOT_EQUAL,
                        symbols.own("process", Simple.TEXT),
                        new Expr.Literal(entry.getKey(), Simple.TEXT),
                        Simple.BOOLEAN));
                if (symbols == ItemSymbols.EVENT) {
                    alternatives.add(new Expr.IsNull(symbols.own("item", Simple.TEXT)));
                }
                alternatives.add(condition);
                result = Expr.and(result, Conditions.anyOf(alternatives));
            }
        }
        return result;
    }

    private static Map<String, Expr> engineOnly(String object, boolean audits) {
        if (audits) {
            return Map.of();
        }
        Map<String, Expr> closed = new HashMap<>();
        put(closed, ENGINE_ONLY.getOrDefault(object, Set.of()), Expr.FALSE);
        return closed;
    }

    private static void put(Map<String, Expr> fields, Set<String> names, Expr condition) {
        if (!condition.equals(Expr.TRUE)) {
            names.forEach(name -> fields.put(name, condition));
        }
    }
}
