package dev.tenon.store.sql;

import static dev.tenon.expression.ValueType.Simple.BOOLEAN;
import static dev.tenon.expression.ValueType.Simple.DATE;
import static dev.tenon.expression.ValueType.Simple.DATE_TIME;
import static dev.tenon.expression.ValueType.Simple.DECIMAL;
import static dev.tenon.expression.ValueType.Simple.INTEGER;
import static dev.tenon.expression.ValueType.Simple.TEXT;

import dev.tenon.expression.Expr;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.expression.Function;
import dev.tenon.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Well-typed expressions over {@link SampleModel}, built through the checker, the same ones for the same seed. */
final class RandomExpressions {

    private static final List<ValueType.Simple> TYPES = List.of(TEXT, INTEGER, DECIMAL, BOOLEAN, DATE, DATE_TIME);
    private static final List<BinaryOperator> EQUALITY = List.of(BinaryOperator.EQUAL, BinaryOperator.NOT_EQUAL);
    private static final List<BinaryOperator> ORDER = List.of(
            BinaryOperator.LESS, BinaryOperator.LESS_OR_EQUAL, BinaryOperator.GREATER, BinaryOperator.GREATER_OR_EQUAL);
    private static final List<BinaryOperator> INTEGER_ARITHMETIC =
            List.of(BinaryOperator.ADD, BinaryOperator.SUBTRACT, BinaryOperator.MULTIPLY, BinaryOperator.REMAINDER);

    private static final Map<ValueType, List<String>> FIELDS = Map.of(
            TEXT, List.of("name", "note", "stage", "parent.name", "parent.above.name", "nothing"),
            INTEGER, List.of("count", "rank", "parent.size"),
            DECIMAL, List.of("price", "weight", "parent.budget", "settings.t__limit"),
            BOOLEAN, List.of("active", "marked", "parent.open"),
            DATE, List.of("start", "end", "parent.founded", "today"),
            DATE_TIME, List.of("seen", "left", "parent.changed", "now"));
    private static final List<String> PARENTS = List.of("parent", "other", "parent.above");
    private static final List<String> USERS = List.of("owner", "parent.owner", "me");

    private final Random random;
    private final SampleRows rows;
    private final ExprBuilder build = new ExprBuilder(SampleModel.SCOPE);

    RandomExpressions(Random random, SampleRows rows) {
        this.random = random;
        this.rows = rows;
    }

    Expr next() {
        return of(pick(TYPES), 1 + random.nextInt(5));
    }

    Expr condition() {
        return of(BOOLEAN, 2 + random.nextInt(4));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private Expr of(ValueType.Simple type, int depth) {
        if (depth <= 0 || chance(8)) {
            return chance(2) ? build.field(pick(FIELDS.get(type))) : constant(type);
        }
        int below = depth - 1;
        return switch (random.nextInt(8)) {
            case 0 -> build.conditional(of(BOOLEAN, below), of(type, below), maybeNull(type, below));
            case 1 -> build.call(Function.COALESCE, List.of(of(type, below), of(type, below), of(type, 0)));
            default -> ofKind(type, below);
        };
    }

    private Expr maybeNull(ValueType.Simple type, int depth) {
        return chance(10) ? build.literal(null) : of(type, depth);
    }

    private Expr constant(ValueType.Simple type) {
        return build.literal(
                switch (type) {
                    case TEXT -> pick(SampleRows.TEXTS);
                    case INTEGER -> pick(SampleRows.INTEGERS);
                    case DECIMAL -> pick(chance(2) ? SampleRows.DECIMALS : SampleRows.LONG_DECIMALS);
                    case BOOLEAN -> random.nextBoolean();
                    case DATE -> pick(SampleRows.DATES);
                    case DATE_TIME -> pick(SampleRows.INSTANTS);
                    case ID, NULL -> null;
                });
    }

    private Expr ofKind(ValueType.Simple type, int depth) {
        return switch (type) {
            case TEXT -> text(depth);
            case INTEGER -> integer(depth);
            case DECIMAL -> decimal(depth);
            case BOOLEAN -> bool(depth);
            case DATE -> date(depth);
            case DATE_TIME -> of(DATE_TIME, 0);
            case ID, NULL -> throw new IllegalStateException(type.describe());
        };
    }

    private Expr text(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> build.call(Function.LOWER, List.of(of(TEXT, depth)));
            case 1 -> build.call(Function.UPPER, List.of(of(TEXT, depth)));
            case 2 -> build.call(Function.TRIM, List.of(of(TEXT, depth)));
            case 3 -> build.call(Function.CONCAT, List.of(of(TEXT, depth), of(TEXT, depth), maybeNull(TEXT, 0)));
            default -> build.binary(BinaryOperator.ADD, of(TEXT, depth), of(TEXT, depth));
        };
    }

    private Expr integer(int depth) {
        return switch (random.nextInt(9)) {
            case 0 -> build.call(Function.SIZE, List.of(of(TEXT, depth)));
            case 1 -> build.call(Function.ABS, List.of(of(INTEGER, depth)));
            case 2 -> build.negate(of(INTEGER, depth));
            case 3 -> build.call(pick(List.of(Function.FLOOR, Function.CEIL)), List.of(of(DECIMAL, depth)));
            case 4 ->
                build.call(
                        pick(List.of(Function.YEAR, Function.MONTH, Function.DAY)),
                        List.of(of(chance(2) ? DATE : DATE_TIME, depth)));
            case 5 ->
                build.call(Function.DAYS_BETWEEN, List.of(of(DATE, depth), of(chance(2) ? DATE : DATE_TIME, depth)));
            default -> build.binary(pick(INTEGER_ARITHMETIC), of(INTEGER, depth), of(INTEGER, depth));
        };
    }

    private Expr decimal(int depth) {
        return switch (random.nextInt(8)) {
            case 0 -> build.call(Function.ABS, List.of(of(DECIMAL, depth)));
            case 1 -> build.negate(of(DECIMAL, depth));
            case 2 -> build.call(Function.ROUND, List.of(of(DECIMAL, depth), build.literal(random.nextInt(17))));
            case 3 -> build.binary(BinaryOperator.DIVIDE, of(INTEGER, depth), of(INTEGER, depth));
            case 4 -> build.binary(BinaryOperator.DIVIDE, of(DECIMAL, depth), of(chance(2) ? INTEGER : DECIMAL, depth));
            default ->
                build.binary(pick(INTEGER_ARITHMETIC), of(DECIMAL, depth), of(chance(3) ? INTEGER : DECIMAL, depth));
        };
    }

    private Expr date(int depth) {
        return chance(3)
                ? build.call(Function.DATE_OF, List.of(of(DATE_TIME, depth)))
                : build.call(Function.ADD_DAYS, List.of(of(DATE, depth), of(INTEGER, depth)));
    }

    private Expr bool(int depth) {
        return switch (random.nextInt(11)) {
            case 0 -> build.not(of(BOOLEAN, depth));
            case 1, 2 -> build.binary(BinaryOperator.AND, of(BOOLEAN, depth), of(BOOLEAN, depth));
            case 3, 4 -> build.binary(BinaryOperator.OR, of(BOOLEAN, depth), of(BOOLEAN, depth));
            case 5 -> build.isNull(of(pick(TYPES), depth));
            case 6 -> in(depth);
            case 7 ->
                build.call(
                        pick(List.of(Function.CONTAINS, Function.STARTS_WITH, Function.ENDS_WITH)),
                        List.of(of(TEXT, depth), of(TEXT, chance(2) ? 0 : depth)));
            case 8 -> references();
            default -> comparison(depth);
        };
    }

    private Expr comparison(int depth) {
        ValueType.Simple type = pick(TYPES);
        if (type == BOOLEAN) {
            return build.binary(pick(EQUALITY), of(BOOLEAN, depth), of(BOOLEAN, depth));
        }
        ValueType.Simple other = switch (type) {
            case INTEGER -> chance(2) ? DECIMAL : INTEGER;
            case DATE -> chance(2) ? DATE_TIME : DATE;
            case TEXT, DECIMAL, BOOLEAN, DATE_TIME, ID, NULL -> type;
        };
        Expr left = of(type, depth);
        Expr right = of(other, depth);
        // A picklist beside a constant that is not one of its values is refused; that is another test's matter.
        return left.toString().contains("stage") || right.toString().contains("stage")
                ? build.binary(pick(ORDER), left, right)
                : build.binary(pick(chance(2) ? EQUALITY : ORDER), left, right);
    }

    private Expr in(int depth) {
        if (chance(3)) {
            return chance(2)
                    ? build.in(build.field(pick(PARENTS)), List.of(build.field("ids")))
                    : build.in(build.field("note"), List.of(build.field("none")));
        }
        ValueType.Simple type = pick(List.of(INTEGER, DECIMAL, DATE, DATE_TIME, TEXT));
        List<Expr> list = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            list.add(chance(6) ? build.literal(null) : of(type, chance(2) ? 0 : depth));
        }
        Expr value = type == TEXT ? build.call(Function.TRIM, List.of(of(TEXT, depth))) : of(type, depth);
        return build.in(value, list);
    }

    private Expr references() {
        List<String> same = chance(2) ? PARENTS : USERS;
        return switch (random.nextInt(3)) {
            case 0 -> build.isNull(build.field(pick(same)));
            case 1 ->
                build.binary(
                        pick(EQUALITY),
                        build.field(pick(PARENTS)),
                        build.literal(rows.pick(rows.parentIds).toString()));
            default -> build.binary(pick(EQUALITY), build.field(pick(same)), build.field(pick(same)));
        };
    }
}
