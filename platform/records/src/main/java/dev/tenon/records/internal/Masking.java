package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites what an identity asks so that what is hidden from it reads as empty: a hidden field, a cell whose condition
 * does not hold, a record at the end of a lookup that may not be seen, the reference to such a record. The rights
 * themselves are not rewritten: they look at the records as they are.
 */
final class Masking {

    private final Viewpoint viewpoint;

    Masking(Viewpoint viewpoint) {
        this.viewpoint = viewpoint;
    }

    /** The expression as the identity may have it computed. */
    Expr mask(Expr asked) {
        if (viewpoint.isSystem()) {
            return asked;
        }
        return Conditions.mapFields(asked, (reference, depth) -> field(reference), (nested, depth) -> nested(nested));
    }

    /**
     * A filter as the identity may have it computed. Where a row counts only if a comparison is true, "the cell's value
     * or nothing equals x" is "the cell equals x and may be read", which an index on the cell can answer.
     */
    Expr filter(Expr asked) {
        Expr masked = mask(asked);
        return masked.equals(asked) ? asked : withoutCases(masked);
    }

    private static Expr withoutCases(Expr condition) {
        if (condition instanceof Expr.Binary(var operator, var left, var right, var type)) {
            switch (operator) {
                case AND -> {
                    return Conditions.allOf(List.of(withoutCases(left), withoutCases(right)));
                }
                case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                    Expr bare = new Expr.Binary(operator, valueOf(left), valueOf(right), type);
                    return Conditions.allOf(List.of(bare, conditionOf(left), conditionOf(right)));
                }
                case OR, ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> {
                    return condition;
                }
            }
        }
        return condition instanceof Expr.In(var value, var list)
                ? Conditions.allOf(List.of(new Expr.In(valueOf(value), list), conditionOf(value)))
                : condition;
    }

    private static boolean isCell(Expr expr) {
        return expr instanceof Expr.Conditional cell
                && cell.otherwise() instanceof Expr.Literal empty
                && empty.value() == null;
    }

    private static Expr valueOf(Expr expr) {
        return isCell(expr) && expr instanceof Expr.Conditional cell ? cell.then() : expr;
    }

    private static Expr conditionOf(Expr expr) {
        return isCell(expr) && expr instanceof Expr.Conditional cell ? cell.condition() : Expr.TRUE;
    }

    /** The value of a field, empty where it is hidden. */
    Expr field(Expr.FieldRef reference) {
        if (reference.hops().isEmpty() && !(reference.type() instanceof ValueType.Reference)) {
            // The plainest case is the most frequent one.
            ObjectAccess access = viewpoint.access(reference.object());
            if (access.mayRead(reference.field()) && !access.conditions().containsKey(reference.field())) {
                return reference;
            }
        }
        List<Expr> conditions = new ArrayList<>();
        List<Expr.Hop> walked = new ArrayList<>();
        String at = reference.object();
        List<Expr.Hop> hops = reference.hops();
        if (viewpoint.type(at).junction().isPresent()) {
            // Whoever asks of a link is asked whether he sees it, and that says that he sees both of its records.
            if (hops.isEmpty()) {
                return reference;
            }
            walked.add(hops.getFirst());
            at = hops.getFirst().target();
            hops = hops.subList(1, hops.size());
        }
        for (Expr.Hop hop : hops) {
            conditions.add(cell(at, hop.lookup(), reference.object(), walked));
            walked.add(hop);
            conditions.add(visible(hop.target(), reference.object(), walked));
            at = hop.target();
        }
        conditions.add(cell(at, reference.field(), reference.object(), walked));
        if (reference.type() instanceof ValueType.Reference target) {
            walked.add(new Expr.Hop(reference.field(), target.target()));
            conditions.add(visible(target.target(), reference.object(), walked));
        }
        Expr condition = Conditions.allOf(conditions);
        Expr empty = new Expr.Literal(null, reference.type());
        if (condition.equals(Expr.TRUE)) {
            return reference;
        }
        return condition.equals(Expr.FALSE)
                ? empty
                : new Expr.Conditional(
                        Conditions.outward(condition, reference.scope()), reference, empty, reference.type());
    }

    private Expr visible(String target, String start, List<Expr.Hop> hops) {
        return Conditions.overHops(viewpoint.access(target).read(), start, List.copyOf(hops));
    }

    /** Whether a cell may be read, told about the record the hops start from. */
    private Expr cell(String object, String field, String start, List<Expr.Hop> hops) {
        ObjectAccess access = viewpoint.access(object);
        if (!access.mayRead(field)) {
            return Expr.FALSE;
        }
        Expr condition = access.conditions().get(field);
        return condition == null ? Expr.TRUE : Conditions.overHops(condition, start, List.copyOf(hops));
    }

    /** Records that are looked for inside of a condition have to be visible, too. */
    private Expr nested(Expr nested) {
        return switch (nested) {
            case Expr.Exists exists -> {
                Expr read = viewpoint.access(exists.object()).read();
                yield read.equals(Expr.FALSE)
                        ? Expr.FALSE
                        : new Expr.Exists(exists.object(), Expr.and(read, exists.condition()));
            }
            case Expr.Count count -> {
                Expr read = viewpoint.access(count.object()).read();
                yield read.equals(Expr.FALSE)
                        ? new Expr.Literal(0L, count.type())
                        : new Expr.Count(count.object(), Expr.and(read, count.condition()));
            }
            case Expr.Related related -> {
                ObjectAccess access = viewpoint.access(related.object());
                Expr condition =
                        Expr.and(cell(related.object(), related.field(), related.object(), List.of()), access.read());
                yield condition.equals(Expr.FALSE)
                        ? new Expr.Literal(null, related.type())
                        : new Expr.Related(
                                related.object(),
                                Expr.and(condition, related.condition()),
                                related.field(),
                                related.type());
            }
            default -> nested;
        };
    }
}
