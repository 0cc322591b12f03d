package dev.tenon.approval.internal;

import dev.tenon.approval.ApprovalError;
import dev.tenon.approval.ApprovalObjects;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import dev.tenon.sdk.approval.VisibilityExpr;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Turns one condition of a visibility policy into a condition on the records of one object. Refuses what it does not know. */
final class PolicyTranslation {

    private static final String AUDIENCE = "item.audience";
    /** Deeper than anybody writes, shallow enough for every database's parser. */
    private static final int MOST_DEPTH = 60;

    private final ItemSymbols symbols;

    PolicyTranslation(ItemSymbols symbols) {
        this.symbols = symbols;
    }

    /** The condition; throws {@code approval.policy-…} where it is none. */
    Expr condition(VisibilityExpr expr) {
        Expr translated = translate(expr, 0);
        if (translated.type() != Simple.BOOLEAN) {
            throw ApprovalError.POLICY_NOT_A_CONDITION
                    .error()
                    .with("expression", text(expr))
                    .build();
        }
        return translated;
    }

    private Expr translate(VisibilityExpr expr, int depth) {
        if (depth > MOST_DEPTH) {
            throw bad("…", depth);
        }
        return switch (expr) {
            case VisibilityExpr.Symbol(String path) ->
                symbols.value(path)
                        .orElseThrow(() -> ApprovalError.POLICY_UNKNOWN_SYMBOL
                                .error()
                                .with("symbol", path)
                                .build());
            case VisibilityExpr.Literal(Object value) -> literal(value);
            case VisibilityExpr.Operation(String name, List<VisibilityExpr> operands) ->
                operation(name, operands, depth);
        };
    }

    private static Expr literal(Object value) {
        return switch (value) {
            case Boolean bool -> bool ? Expr.TRUE : Expr.FALSE;
            case String text -> new Expr.Literal(text, Simple.TEXT);
            case Long number -> new Expr.Literal(number, Simple.INTEGER);
            case Integer number -> new Expr.Literal(number.longValue(), Simple.INTEGER);
            case UUID id -> new Expr.Literal(id, ItemSymbols.USER);
            default ->
                throw ApprovalError.POLICY_TYPE_MISMATCH
                        .error()
                        .with("operation", "literal")
                        .with("expression", value.getClass().getSimpleName())
                        .build();
        };
    }

    private Expr operation(String name, List<VisibilityExpr> operands, int depth) {
        if (name.equals("contains")) {
            return contains(operands, depth);
        }
        List<Expr> parts = new ArrayList<>();
        operands.forEach(o -> parts.add(translate(o, depth + 1)));
        return switch (name) {
            case "and" -> conjunction(name, parts);
            case "or" -> disjunction(name, parts);
            case "not" -> {
                require(parts.size() == 1, name, parts);
                yield Expr.not(bool(name, parts.getFirst()));
            }
            case "eq" -> compare(BinaryOperator.EQUAL, name, parts);
            case "le" -> ordered(BinaryOperator.LESS_OR_EQUAL, name, parts);
            case "lt" -> ordered(BinaryOperator.LESS, name, parts);
            case "in" -> {
                require(parts.size() >= 2, name, parts);
                parts.forEach(p -> same(name, parts.getFirst(), p));
                yield new Expr.In(parts.getFirst(), parts.subList(1, parts.size()));
            }
            case "isNull" -> {
                require(parts.size() == 1, name, parts);
                yield new Expr.IsNull(parts.getFirst());
            }
            default -> throw bad(name, operands.size());
        };
    }

    private Expr contains(List<VisibilityExpr> operands, int depth) {
        boolean audience = operands.size() == 2
                && operands.getFirst() instanceof VisibilityExpr.Symbol(String path)
                && path.equals(AUDIENCE);
        if (!audience) {
            throw bad("contains", operands.size());
        }
        Expr person = translate(operands.getLast(), depth + 1);
        if (!person.type().equals(ItemSymbols.USER)) {
            throw mismatch("contains", person);
        }
        // Inside of the audience's record everything about the item is one scope further out.
        return symbols.addressedTo(dev.tenon.access.Conditions.outward(person, 1));
    }

    private static Expr conjunction(String name, List<Expr> parts) {
        Expr result = Expr.TRUE;
        for (Expr part : parts) {
            result = Expr.and(result, bool(name, part));
        }
        return result;
    }

    private static Expr disjunction(String name, List<Expr> parts) {
        Expr result = Expr.FALSE;
        for (Expr part : parts) {
            result = Expr.or(result, bool(name, part));
        }
        return result;
    }

    private static Expr ordered(BinaryOperator operator, String name, List<Expr> parts) {
        for (Expr part : parts) {
            if (part.type() != Simple.INTEGER) {
                throw mismatch(name, part);
            }
        }
        return compare(operator, name, parts);
    }

    private static Expr compare(BinaryOperator operator, String name, List<Expr> parts) {
        require(parts.size() == 2, name, parts);
        same(name, parts.getFirst(), parts.getLast());
        Expr left = parts.getFirst();
        Expr right = parts.getLast();
        // Known now, for example whether a comment is a comment: no need to ask the database for every row.
        if (operator == BinaryOperator.EQUAL
                && left instanceof Expr.Literal(Object a, ValueType ignored)
                && right instanceof Expr.Literal(Object b, ValueType alsoIgnored)
                && a != null
                && b != null) {
            return a.equals(b) ? Expr.TRUE : Expr.FALSE;
        }
        return new Expr.Binary(operator, left, right, Simple.BOOLEAN);
    }

    private static void same(String name, Expr a, Expr b) {
        if (!kind(a.type()).equals(kind(b.type()))) {
            throw mismatch(name, b);
        }
    }

    private static String kind(ValueType type) {
        return switch (type) {
            case ValueType.Reference(String target) -> target.equals(ApprovalObjects.USER) ? "person" : target;
            case Simple simple -> simple.name().toLowerCase(Locale.ROOT);
            case ValueType.ListOf ignored -> "list";
        };
    }

    private static Expr bool(String name, Expr part) {
        if (part.type() != Simple.BOOLEAN) {
            throw mismatch(name, part);
        }
        return part;
    }

    private static void require(boolean right, String name, List<Expr> parts) {
        if (!right) {
            throw bad(name, parts.size());
        }
    }

    private static PlatformException bad(String name, int operands) {
        return ApprovalError.POLICY_BAD_OPERATION
                .error()
                .with("operation", name)
                .with("operands", operands)
                .build();
    }

    private static PlatformException mismatch(String name, Expr part) {
        return ApprovalError.POLICY_TYPE_MISMATCH
                .error()
                .with("operation", name)
                .with("expression", kind(part.type()))
                .build();
    }

    private static String text(VisibilityExpr expr) {
        return switch (expr) {
            case VisibilityExpr.Symbol(String path) -> path;
            case VisibilityExpr.Literal(Object value) -> String.valueOf(value);
            case VisibilityExpr.Operation(String name, List<VisibilityExpr> ignored) -> name + "(…)";
        };
    }
}
