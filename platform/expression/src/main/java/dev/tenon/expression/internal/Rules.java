package dev.tenon.expression.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.Expr.UnaryOperator;
import dev.tenon.expression.ExpressionError;
import dev.tenon.expression.Function;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the language: from checked operands to a checked node, or a {@link Mismatch}. The text compiler and the
 * builder both go through here, so neither can know a rule that the other does not.
 */
public final class Rules {

    /** With fields of 38 digits, a product of that many stays far below what the databases can hold. */
    static final int MOST_FACTORS = 64;

    private final Names names;
    private final Picklists picklists;
    private final Links links;

    public Rules(Scope scope) {
        this.names = new Names(scope);
        this.picklists = new Picklists(scope.model());
        this.links = new Links(scope.model());
    }

    public Expr name(List<String> path) {
        return names.resolve(path);
    }

    public Expr literal(@Nullable Object value) {
        return Constants.of(value);
    }

    public Expr unary(UnaryOperator operator, Expr operand) {
        return switch (operator) {
            case NOT -> new Expr.Unary(operator, operand(0, operand, Simple.BOOLEAN), Simple.BOOLEAN);
            case NEGATE -> {
                number(0, operand);
                yield new Expr.Unary(operator, operand, operand.type());
            }
        };
    }

    public Expr binary(BinaryOperator operator, Expr left, Expr right) {
        return switch (operator) {
            case AND, OR ->
                new Expr.Binary(
                        operator, operand(0, left, Simple.BOOLEAN), operand(1, right, Simple.BOOLEAN), Simple.BOOLEAN);
            case EQUAL, NOT_EQUAL -> equality(operator, left, right);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                ValueType common = common(operator, left, right);
                if (!Types.ORDERED.contains(common)) {
                    throw operands(operator, left, right);
                }
                yield both(operator, left, right, common, Simple.BOOLEAN);
            }
            case ADD -> {
                ValueType common = common(operator, left, right);
                if (common != Simple.TEXT && !Types.NUMBERS.contains(common)) {
                    throw operands(operator, left, right);
                }
                yield both(operator, left, right, common, common);
            }
            case SUBTRACT, REMAINDER -> {
                ValueType common = numbers(operator, left, right);
                yield both(operator, left, right, common, common);
            }
            case MULTIPLY -> {
                ValueType common = numbers(operator, left, right);
                yield bounded(both(operator, left, right, common, common));
            }
            case DIVIDE -> {
                numbers(operator, left, right);
                yield bounded(both(operator, left, right, Simple.DECIMAL, Simple.DECIMAL));
            }
        };
    }

    private Expr equality(BinaryOperator operator, Expr left, Expr right) {
        if (Constants.isNull(left) || Constants.isNull(right)) {
            Expr test = isNull(Constants.isNull(right) ? left : right);
            return operator == BinaryOperator.EQUAL ? test : Expr.not(test);
        }
        picklists.check(left, right, 1);
        picklists.check(right, left, 0);
        if (!left.type().comparable() || !right.type().comparable()) {
            throw operands(operator, left, right);
        }
        if (Types.isId(left.type()) && Constants.asText(right) != null) {
            Expr id = operand(1, right, Simple.ID);
            return new Expr.Binary(operator, left, id, Simple.BOOLEAN);
        }
        if (Types.isId(right.type()) && Constants.asText(left) != null) {
            Expr id = operand(0, left, Simple.ID);
            return new Expr.Binary(operator, id, right, Simple.BOOLEAN);
        }
        return both(operator, left, right, common(operator, left, right), Simple.BOOLEAN);
    }

    public Expr isNull(Expr operand) {
        // A variable that is a list is never empty; a field that holds one may be.
        if (operand.type() instanceof ValueType.ListOf && !(operand instanceof Expr.FieldRef)) {
            throw Types.mismatch("single value", operand.type()).atOperand(0);
        }
        return links.any(operand).map(Expr::not).orElseGet(() -> new Expr.IsNull(operand));
    }

    public Expr in(Expr value, List<Expr> list) {
        if (list.isEmpty()) {
            throw new Mismatch(ExpressionError.EMPTY_LIST, Map.of());
        }
        if (!value.type().comparable() || Constants.isNull(value)) {
            throw Types.mismatch("single value", value.type()).atOperand(0);
        }
        Optional<Expr> linked = list.size() == 1 ? links.contains(list.getFirst(), value) : Optional.empty();
        if (linked.isPresent()) {
            return linked.get();
        }
        List<Expr> all = new ArrayList<>();
        all.add(value);
        for (int i = 0; i < list.size(); i++) {
            Expr element = list.get(i);
            picklists.check(value, element, i + 1);
            picklists.check(element, value, 0);
            boolean idInText = Types.isId(value.type()) && Constants.asText(element) != null;
            all.add(idInText ? operand(i + 1, element, Simple.ID) : element);
        }
        List<Expr> single = all.stream()
                .filter(e -> !(e.type() instanceof ValueType.ListOf))
                .toList();
        ValueType common = Types.common(single).orElse(value.type());
        List<Expr> converted = new ArrayList<>();
        for (int i = 1; i < all.size(); i++) {
            converted.add(element(i, all.get(i), common));
        }
        return new Expr.In(operand(0, value, common), converted);
    }

    /** A variable that is a list stands for its values; they cannot be widened one by one. */
    private static Expr element(int index, Expr element, ValueType common) {
        if (element.type() instanceof ValueType.ListOf list) {
            boolean same = list.element().equals(common) || (Types.isId(list.element()) && Types.isId(common));
            if (!same) {
                throw Types.mismatch(new ValueType.ListOf(common).describe(), element.type())
                        .atOperand(index);
            }
            return element;
        }
        return operand(index, element, common);
    }

    public Expr conditional(Expr condition, Expr then, Expr otherwise) {
        Expr test = operand(0, condition, Simple.BOOLEAN);
        Types.requireComparable(List.of(test, then, otherwise));
        ValueType common = Types.common(List.of(then, otherwise))
                .orElseThrow(() ->
                        Types.mismatch(then.type().describe(), otherwise.type()).atOperand(2));
        return new Expr.Conditional(test, operand(1, then, common), operand(2, otherwise, common), common);
    }

    public Expr call(Function function, List<Expr> arguments) {
        int found = arguments.size();
        if (found < function.fewest() || found > function.most()) {
            String expected = function.fewest() == function.most()
                    ? String.valueOf(function.fewest())
                    : function.fewest() + "–" + function.most();
            throw new Mismatch(
                    ExpressionError.ARGUMENT_COUNT,
                    Map.of("function", function.text(), "expected", expected, "found", found));
        }
        if (function == Function.SIZE) {
            return links.count(arguments.getFirst()).orElseGet(() -> Calls.check(function, arguments));
        }
        return function == Function.LABEL ? picklists.label(arguments) : Calls.check(function, arguments);
    }

    /** {@code timestamp("…")}; the only constant with a name of its own. */
    Expr timestamp(List<Expr> arguments) {
        String text = arguments.size() == 1 ? Constants.asText(arguments.getFirst()) : null;
        if (text == null) {
            throw new Mismatch(ExpressionError.CONSTANT_NEEDED, Map.of("function", "timestamp", "expected", "text"));
        }
        return at(0, () -> Constants.parseInstant(text));
    }

    /** The expression as a value of the expected type. */
    public Expr expect(Expr expr, ValueType expected) {
        if (expr.type() instanceof ValueType.Reference found
                && expected instanceof ValueType.Reference wanted
                && !found.equals(wanted)) {
            throw Types.mismatch(expected.describe(), expr.type());
        }
        return Types.convert(expr, expected);
    }

    static Expr operand(int index, Expr operand, ValueType expected) {
        return at(index, () -> Types.convert(operand, expected));
    }

    static Expr at(int index, Supplier<Expr> rule) {
        try {
            return rule.get();
        } catch (Mismatch mismatch) {
            throw mismatch.atOperand(index);
        }
    }

    static void number(int index, Expr operand) {
        if (!Types.NUMBERS.contains(operand.type())) {
            throw Types.mismatch("integer or decimal", operand.type()).atOperand(index);
        }
    }

    private static ValueType numbers(BinaryOperator operator, Expr left, Expr right) {
        ValueType common = common(operator, left, right);
        if (!Types.NUMBERS.contains(common)) {
            throw operands(operator, left, right);
        }
        return common;
    }

    private static ValueType common(BinaryOperator operator, Expr left, Expr right) {
        return Types.common(List.of(left, right)).orElseThrow(() -> operands(operator, left, right));
    }

    private static Expr both(BinaryOperator operator, Expr left, Expr right, ValueType operands, ValueType result) {
        return new Expr.Binary(operator, operand(0, left, operands), operand(1, right, operands), result);
    }

    private static Expr bounded(Expr product) {
        if (factors(product) > MOST_FACTORS) {
            throw new Mismatch(ExpressionError.TOO_COMPLEX, Map.of("limit", MOST_FACTORS));
        }
        return product;
    }

    /** Digits of the result, counted in operands. */
    private static int factors(Expr expr) {
        return switch (expr) {
            case Expr.Binary b
            when b.operator() == BinaryOperator.MULTIPLY || b.operator() == BinaryOperator.DIVIDE ->
                factors(b.left()) + factors(b.right());
            case Expr.Binary b -> Math.max(factors(b.left()), factors(b.right()));
            case Expr.Unary u -> factors(u.operand());
            case Expr.Convert c -> factors(c.operand());
            case Expr.Conditional c -> Math.max(factors(c.then()), factors(c.otherwise()));
            case Expr.Call c ->
                c.arguments().stream().mapToInt(Rules::factors).max().orElse(1);
            case Expr.Literal l -> 1;
            case Expr.FieldRef f -> 1;
            case Expr.Variable v -> 1;
            case Expr.IsNull i -> 1;
            case Expr.In i -> 1;
            case Expr.Exists e -> 1;
            case Expr.Count c -> 1;
            case Expr.Related r -> 1;
        };
    }

    private static Mismatch operands(BinaryOperator operator, Expr left, Expr right) {
        return new Mismatch(
                ExpressionError.OPERAND_MISMATCH,
                Map.of(
                        "operator",
                        Symbols.of(operator),
                        "left",
                        left.type().describe(),
                        "right",
                        right.type().describe()));
    }
}
