package dev.tenon.expression.internal;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.Expr.UnaryOperator;
import dev.tenon.expression.ExpressionCompiler.Result;
import dev.tenon.expression.ExpressionError;
import dev.tenon.expression.ExpressionProblem;
import dev.tenon.expression.Function;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks one text: walks the syntax tree from the leaves up and goes on behind a fault, to tell all of them at once. */
public final class TextCheck {

    static final int MOST_CHARACTERS = 10_000;
    static final int MOST_LEVELS = 50;

    private static final String IN = "@in";
    private static final String CONDITIONAL = "_?_:_";
    private static final Map<String, BinaryOperator> BINARY = Arrays.stream(BinaryOperator.values())
            .collect(Collectors.toUnmodifiableMap(o -> "_" + Symbols.of(o) + "_", o -> o));
    private static final Map<String, UnaryOperator> UNARY = Map.of("!_", UnaryOperator.NOT, "-_", UnaryOperator.NEGATE);

    private final Source source;
    private final Rules rules;
    private final List<ExpressionProblem> problems = new ArrayList<>();
    private boolean tooDeep;

    private TextCheck(Source source, Scope scope) {
        this.source = source;
        this.rules = new Rules(scope);
    }

    /** Compiles the text; {@code expected} null means any type. */
    public static Result run(String text, Scope scope, @Nullable ValueType expected) {
        int length = text.codePointCount(0, text.length());
        if (length > MOST_CHARACTERS) {
            return new Result.Refused(List.of(Source.problem(
                    ExpressionError.TOO_LONG, Map.of("length", length, "limit", MOST_CHARACTERS), 1, 1)));
        }
        return switch (Source.parse(text)) {
            case Parsed.Broken broken -> new Result.Refused(broken.problems());
            case Source parsed -> new TextCheck(parsed, scope).whole(expected);
        };
    }

    private Result whole(@Nullable ValueType expected) {
        CelExpr root = source.root();
        Expr checked = check(root, 1);
        if (checked != null && expected != null) {
            Expr found = checked;
            checked = rule(root, List.of(root), () -> rules.expect(found, expected));
        }
        if (checked != null && problems.isEmpty()) {
            return new Result.Compiled(checked);
        }
        problems.sort(Comparator.comparingInt(ExpressionProblem::line).thenComparingInt(ExpressionProblem::column));
        return new Result.Refused(problems);
    }

    /** The checked node, or null when it or a part of it is wrong and has been noted. */
    private @Nullable Expr check(CelExpr node, int level) {
        if (level > MOST_LEVELS) {
            if (!tooDeep) {
                tooDeep = true;
                note(node, ExpressionError.TOO_DEEP, Map.of("limit", MOST_LEVELS));
            }
            return null;
        }
        return switch (node.getKind()) {
            case CONSTANT -> constant(node);
            case IDENT, SELECT -> path(node);
            case CALL -> call(node, level);
            case LIST -> unsupported(node, "[…]");
            case STRUCT -> unsupported(node, "Type{…}");
            case MAP -> unsupported(node, "{…}");
            case COMPREHENSION -> unsupported(node, "all, exists, map, filter");
            case NOT_SET -> unsupported(node, "…");
        };
    }

    private @Nullable Expr constant(CelExpr node) {
        CelConstant constant = node.constant();
        return switch (constant.getKind()) {
            case NULL_VALUE -> rules.literal(null);
            case BOOLEAN_VALUE -> rules.literal(constant.booleanValue());
            case INT64_VALUE -> rules.literal(constant.int64Value());
            case DOUBLE_VALUE -> rule(node, List.of(), () -> rules.literal(source.decimalAt(node)));
            case STRING_VALUE -> rule(node, List.of(), () -> rules.literal(constant.stringValue()));
            case UINT64_VALUE -> unsupported(node, "1u");
            case BYTES_VALUE -> unsupported(node, "b\"…\"");
            case NOT_SET, TIMESTAMP_VALUE, DURATION_VALUE -> unsupported(node, "…");
        };
    }

    private @Nullable Expr path(CelExpr node) {
        LinkedList<String> names = new LinkedList<>();
        LinkedList<CelExpr> parts = new LinkedList<>();
        CelExpr part = node;
        while (part.getKind() == CelExpr.ExprKind.Kind.SELECT) {
            names.addFirst(part.select().field());
            parts.addFirst(part);
            part = part.select().operand();
        }
        if (part.getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return unsupported(node, "(…)." + names.getLast());
        }
        if (part.ident().name().startsWith(".")) {
            return unsupported(part, part.ident().name());
        }
        names.addFirst(part.ident().name());
        parts.addFirst(part);
        return rule(node, parts, () -> rules.name(names));
    }

    private @Nullable Expr call(CelExpr node, int level) {
        CelExpr.CelCall call = node.call();
        String name = call.function();
        List<CelExpr> operands = new ArrayList<>();
        call.target().ifPresent(operands::add);
        operands.addAll(call.args());
        if (name.equals(IN)) {
            return in(node, operands.get(0), operands.get(1), level);
        }
        if (name.equals("_[_]")) {
            return unsupported(node, "a[…]");
        }
        BinaryOperator binary = BINARY.get(name);
        UnaryOperator unary = UNARY.get(name);
        Optional<Function> function = Function.find(name);
        boolean known = binary != null
                || unary != null
                || function.isPresent()
                || name.equals(CONDITIONAL)
                || name.equals("has")
                || name.equals("timestamp");
        if (!known) {
            unknownFunction(node, name);
        }
        List<Expr> checked = all(operands, level + 1);
        if (checked == null || !known) {
            return null;
        }
        return rule(node, operands, () -> {
            if (binary != null) {
                return rules.binary(binary, checked.get(0), checked.get(1));
            }
            if (unary != null) {
                return rules.unary(unary, checked.getFirst());
            }
            if (function.isPresent()) {
                return rules.call(function.get(), checked);
            }
            return switch (name) {
                case CONDITIONAL -> rules.conditional(checked.get(0), checked.get(1), checked.get(2));
                case "has" -> has(checked);
                default -> rules.timestamp(checked);
            };
        });
    }

    private Expr has(List<Expr> arguments) {
        if (arguments.size() != 1) {
            throw new Mismatch(
                    ExpressionError.ARGUMENT_COUNT,
                    Map.of("function", "has", "expected", "1", "found", arguments.size()));
        }
        return Expr.not(rules.isNull(arguments.getFirst()));
    }

    private @Nullable Expr in(CelExpr node, CelExpr value, CelExpr list, int level) {
        // A list is written out, or it is the name of a variable that is one.
        List<CelExpr> elements =
                list.getKind() == CelExpr.ExprKind.Kind.LIST ? list.list().elements() : List.of(list);
        List<CelExpr> operands = new ArrayList<>();
        operands.add(value);
        operands.addAll(elements);
        List<Expr> checked = all(operands, level + 1);
        if (checked == null) {
            return null;
        }
        boolean written = list.getKind() == CelExpr.ExprKind.Kind.LIST;
        return rule(node, operands, () -> {
            List<Expr> values = checked.subList(1, checked.size());
            if (!written && !(values.getFirst().type() instanceof ValueType.ListOf)) {
                throw Types.mismatch(
                                new ValueType.ListOf(checked.getFirst().type()).describe(),
                                values.getFirst().type())
                        .atOperand(1);
            }
            return rules.in(checked.getFirst(), values);
        });
    }

    private @Nullable List<Expr> all(List<CelExpr> nodes, int level) {
        List<Expr> checked = new ArrayList<>();
        for (CelExpr node : nodes) {
            Expr expr = check(node, level);
            if (expr != null) {
                checked.add(expr);
            }
        }
        return checked.size() == nodes.size() ? checked : null;
    }

    private @Nullable Expr rule(CelExpr node, List<CelExpr> operands, Supplier<Expr> rule) {
        try {
            return rule.get();
        } catch (Mismatch mismatch) {
            int operand = mismatch.operand();
            CelExpr culprit = operand >= 0 && operand < operands.size() ? operands.get(operand) : node;
            problems.add(source.problem(culprit, mismatch.detail()));
            return null;
        }
    }

    private void unknownFunction(CelExpr node, String name) {
        List<String> names = new ArrayList<>(List.of("has", "timestamp"));
        Arrays.stream(Function.values()).map(Function::text).forEach(names::add);
        note(
                node,
                ExpressionError.UNKNOWN_FUNCTION,
                Map.of("name", name, "suggestion", Suggestions.similar(name, names)));
    }

    private @Nullable Expr unsupported(CelExpr node, String construct) {
        note(node, ExpressionError.UNSUPPORTED, Map.of("construct", construct));
        return null;
    }

    private void note(CelExpr node, ExpressionError error, Map<String, Object> values) {
        problems.add(source.problem(node, new Mismatch(error, values).detail()));
    }
}
