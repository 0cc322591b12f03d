package dev.tenon.access;

import dev.tenon.expression.Expr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries checked expressions from one record to another: rights are written about one object's record, and have to hold
 * for records that are reached over lookups or inside of {@link Expr.Exists}.
 */
public final class Conditions {

    private Conditions() {}

    /** What becomes of a field reference that stands inside of {@code depth} nested records. */
    @FunctionalInterface
    public interface FieldMapping {
        Expr map(Expr.FieldRef reference, int depth);
    }

    /** Replaces the field references of an expression. */
    public static Expr mapFields(Expr expr, FieldMapping mapping) {
        return map(expr, 0, mapping, (nested, depth) -> nested);
    }

    /** Replaces field references, and gives every nested condition to {@code nestedObjects} after its own mapping. */
    public static Expr mapFields(Expr expr, FieldMapping mapping, NestedMapping nestedObjects) {
        return map(expr, 0, mapping, nestedObjects);
    }

    /** What becomes of an {@link Expr.Exists}, {@link Expr.Count} or {@link Expr.Related} that stands inside of {@code depth} others. */
    @FunctionalInterface
    public interface NestedMapping {
        Expr map(Expr nested, int depth);
    }

    /** The condition about a record of the last hop's target, told about the record the hops start from. */
    public static Expr overHops(Expr condition, String start, List<Expr.Hop> hops) {
        if (hops.isEmpty()) {
            return condition;
        }
        return mapFields(condition, (reference, depth) -> {
            if (reference.scope() != depth) {
                return reference;
            }
            List<Expr.Hop> path = new ArrayList<>(hops);
            path.addAll(reference.hops());
            return new Expr.FieldRef(reference.scope(), start, path, reference.field(), reference.type());
        });
    }

    /** The same condition, about a record that is {@code levels} further outside. */
    public static Expr outward(Expr condition, int levels) {
        return levels == 0
                ? condition
                : mapFields(
                        condition,
                        (reference, depth) -> reference.scope() < depth
                                ? reference
                                : new Expr.FieldRef(
                                        reference.scope() + levels,
                                        reference.object(),
                                        reference.hops(),
                                        reference.field(),
                                        reference.type()));
    }

    /** All field references, also those about nested records. */
    public static Set<Expr.FieldRef> references(Expr expr) {
        Set<Expr.FieldRef> found = new LinkedHashSet<>();
        mapFields(expr, (reference, depth) -> {
            found.add(reference);
            return reference;
        });
        return found;
    }

    /** The disjunction without what adds nothing: constants, repetitions, and {@code a && b} beside {@code a}. */
    public static Expr anyOf(List<Expr> alternatives) {
        List<Expr> flat = new ArrayList<>();
        alternatives.forEach(a -> flatten(a, Expr.BinaryOperator.OR, flat));
        List<Set<Expr>> kept = new ArrayList<>();
        for (Expr alternative : flat) {
            List<Expr> parts = new ArrayList<>();
            flatten(alternative, Expr.BinaryOperator.AND, parts);
            Set<Expr> conjuncts = new LinkedHashSet<>(parts);
            conjuncts.remove(Expr.TRUE);
            if (conjuncts.isEmpty()) {
                return Expr.TRUE;
            }
            if (conjuncts.contains(Expr.FALSE) || kept.stream().anyMatch(conjuncts::containsAll)) {
                continue;
            }
            kept.removeIf(other -> other.containsAll(conjuncts));
            kept.add(conjuncts);
        }
        Expr result = Expr.FALSE;
        for (Set<Expr> conjuncts : kept) {
            result = Expr.or(result, allOf(List.copyOf(conjuncts)));
        }
        return result;
    }

    /** The conjunction without constants and repetitions. */
    public static Expr allOf(List<Expr> conditions) {
        List<Expr> flat = new ArrayList<>();
        conditions.forEach(c -> flatten(c, Expr.BinaryOperator.AND, flat));
        Expr result = Expr.TRUE;
        Set<Expr> seen = new HashSet<>();
        for (Expr condition : flat) {
            if (seen.add(condition)) {
                result = Expr.and(result, condition);
            }
        }
        return result;
    }

    private static void flatten(Expr expr, Expr.BinaryOperator operator, List<Expr> into) {
        if (expr instanceof Expr.Binary binary && binary.operator() == operator) {
            flatten(binary.left(), operator, into);
            flatten(binary.right(), operator, into);
        } else {
            into.add(expr);
        }
    }

    private static Expr map(Expr expr, int depth, FieldMapping mapping, NestedMapping nested) {
        return switch (expr) {
            case Expr.Literal literal -> literal;
            case Expr.Variable variable -> variable;
            case Expr.FieldRef reference -> mapping.map(reference, depth);
            case Expr.Unary u -> new Expr.Unary(u.operator(), map(u.operand(), depth, mapping, nested), u.type());
            case Expr.Binary b ->
                binary(b, map(b.left(), depth, mapping, nested), map(b.right(), depth, mapping, nested));
            case Expr.IsNull n -> new Expr.IsNull(map(n.operand(), depth, mapping, nested));
            case Expr.In in ->
                new Expr.In(map(in.value(), depth, mapping, nested), mapAll(in.list(), depth, mapping, nested));
            case Expr.Conditional c ->
                new Expr.Conditional(
                        map(c.condition(), depth, mapping, nested),
                        map(c.then(), depth, mapping, nested),
                        map(c.otherwise(), depth, mapping, nested),
                        c.type());
            case Expr.Call call ->
                new Expr.Call(call.function(), mapAll(call.arguments(), depth, mapping, nested), call.type());
            case Expr.Convert convert ->
                new Expr.Convert(map(convert.operand(), depth, mapping, nested), convert.type());
            case Expr.Exists exists ->
                nested.map(
                        new Expr.Exists(exists.object(), map(exists.condition(), depth + 1, mapping, nested)), depth);
            case Expr.Count count ->
                nested.map(new Expr.Count(count.object(), map(count.condition(), depth + 1, mapping, nested)), depth);
            case Expr.Related r ->
                nested.map(
                        new Expr.Related(
                                r.object(), map(r.condition(), depth + 1, mapping, nested), r.field(), r.type()),
                        depth);
        };
    }

    /** Keeps constants folded, so that a right that is everywhere true or false stays recognizable. */
    private static Expr binary(Expr.Binary original, Expr left, Expr right) {
        return switch (original.operator()) {
            case AND -> Expr.and(left, right);
            case OR -> Expr.or(left, right);
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    ADD,
                    SUBTRACT,
                    MULTIPLY,
                    DIVIDE,
                    REMAINDER -> new Expr.Binary(original.operator(), left, right, original.type());
        };
    }

    private static List<Expr> mapAll(List<Expr> all, int depth, FieldMapping mapping, NestedMapping nested) {
        return all.stream().map(e -> map(e, depth, mapping, nested)).toList();
    }
}
