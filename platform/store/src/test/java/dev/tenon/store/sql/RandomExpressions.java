package dev.tenon.store.sql;

import static dev.tenon.expression.ValueType.Simple.BOOLEAN;
import static dev.tenon.expression.ValueType.Simple.DATE;
import static dev.tenon.expression.ValueType.Simple.DATE_TIME;
import static dev.tenon.expression.ValueType.Simple.DECIMAL;
import static dev.tenon.expression.ValueType.Simple.INTEGER;
import static dev.tenon.expression.ValueType.Simple.TEXT;
import static dev.tenon.expression.ValueType.Simple.TIME;

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

    private static final List<ValueType.Simple> TYPES = List.of(TEXT, INTEGER, DECIMAL, BOOLEAN, DATE, DATE_TIME, TIME);
    private static final List<BinaryOperator> EQUALITY = List.of(BinaryOperator.EQUAL, BinaryOperator.NOT_EQUAL);
    private static final List<BinaryOperator> ORDER = List.of(
            BinaryOperator.LESS, BinaryOperator.LESS_OR_EQUAL, BinaryOperator.GREATER, BinaryOperator.GREATER_OR_EQUAL);
    private static final List<BinaryOperator> INTEGER_ARITHMETIC =
            List.of(BinaryOperator.ADD, BinaryOperator.SUBTRACT, BinaryOperator.MULTIPLY, BinaryOperator.REMAINDER);

    private static final List<Function> DAY_PARTS =
            List.of(Function.YEAR, Function.MONTH, Function.DAY, Function.QUARTER, Function.WEEKDAY);
    private static final List<Function> ROUNDING =
            List.of(Function.ROUND, Function.ROUND_UP, Function.ROUND_DOWN, Function.ROUND_HALF_EVEN);

    private static final Map<ValueType, List<String>> FIELDS = Map.of(
            TEXT,
                    List.of(
                            "name",
                            "note",
                            "stage",
                            "parent.name",
                            "parent.above.name",
                            "nothing",
                            "body",
                            "me.name",
                            "me.locale"),
            INTEGER, List.of("count", "rank", "parent.size"),
            DECIMAL, List.of("price", "weight", "parent.budget", "settings.t__limit"),
            BOOLEAN, List.of("active", "marked", "parent.open"),
            DATE, List.of("start", "end", "parent.founded", "today"),
            DATE_TIME, List.of("seen", "left", "parent.changed", "now"),
            TIME, List.of("opens", "closes"));
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
                    case DECIMAL -> rows.value(DECIMAL, chance(2) ? SampleRows.LONGEST : SampleRows.SHORT);
                    case TEXT, INTEGER, BOOLEAN, DATE, DATE_TIME, TIME -> rows.value(type, SampleRows.SHORT);
                    case ID, JSON, ENCRYPTED_TEXT, NULL -> null;
                });
    }

    private Expr ofKind(ValueType.Simple type, int depth) {
        return switch (type) {
            case TEXT -> text(depth);
            case INTEGER -> integer(depth);
            case DECIMAL -> decimal(depth);
            case BOOLEAN -> bool(depth);
            case DATE -> date(depth);
            case DATE_TIME -> dateTime(depth);
            case TIME -> build.call(Function.TIME_OF, List.of(of(chance(2) ? TIME : DATE_TIME, depth)));
            case ID, JSON, ENCRYPTED_TEXT, NULL -> throw new IllegalStateException(type.describe());
        };
    }

    private Expr text(int depth) {
        return switch (random.nextInt(11)) {
            case 10 -> build.call(Function.PLAIN_TEXT, List.of(of(TEXT, depth)));
            case 0 -> build.call(Function.LOWER, List.of(of(TEXT, depth)));
            case 1 -> build.call(Function.UPPER, List.of(of(TEXT, depth)));
            case 2 -> build.call(Function.TRIM, List.of(of(TEXT, depth)));
            case 3 -> build.call(Function.CONCAT, List.of(of(TEXT, depth), of(TEXT, depth), maybeNull(TEXT, 0)));
            case 4 -> substring(depth);
            case 5 -> build.call(Function.REPLACE, List.of(of(TEXT, depth), of(TEXT, 0), of(TEXT, depth)));
            case 6 -> build.call(Function.TEXT_OF, List.of(of(pick(List.of(INTEGER, DECIMAL, DATE)), depth)));
            case 7 ->
                build.call(
                        Function.LABEL,
                        List.of(build.field("stage"), build.literal(pick(List.of("en", "zh-CN", "fr")))));
            default -> build.binary(BinaryOperator.ADD, of(TEXT, depth), of(TEXT, depth));
        };
    }

    private Expr substring(int depth) {
        List<Expr> arguments = new ArrayList<>(List.of(of(TEXT, depth), index(depth)));
        if (chance(2)) {
            arguments.add(index(depth));
        }
        return build.call(Function.SUBSTRING, arguments);
    }

    /** Mostly one that a text has. */
    private Expr index(int depth) {
        return chance(4) ? of(INTEGER, depth) : build.literal(random.nextInt(6) - 1);
    }

    private Expr integer(int depth) {
        return switch (random.nextInt(15)) {
            case 0 -> build.call(Function.SIZE, List.of(chance(3) ? build.field("tags") : of(TEXT, depth)));
            case 13, 14 ->
                build.call(
                        pick(List.of(Function.HOUR, Function.MINUTE, Function.SECOND, Function.MICROSECOND)),
                        List.of(of(chance(2) ? TIME : DATE_TIME, depth)));
            case 1 -> build.call(Function.ABS, List.of(of(INTEGER, depth)));
            case 2 -> build.negate(of(INTEGER, depth));
            case 3 -> build.call(pick(List.of(Function.FLOOR, Function.CEIL)), List.of(of(DECIMAL, depth)));
            case 4 -> build.call(pick(DAY_PARTS), List.of(of(chance(2) ? DATE : DATE_TIME, depth)));
            case 5 ->
                build.call(
                        pick(List.of(Function.DAYS_BETWEEN, Function.MONTHS_BETWEEN)),
                        List.of(of(DATE, depth), of(chance(2) ? DATE : DATE_TIME, depth)));
            case 6 -> build.call(Function.INDEX_OF, List.of(of(TEXT, depth), of(TEXT, chance(2) ? 0 : depth)));
            case 7 ->
                build.call(
                        Function.MINUTES_BETWEEN,
                        List.of(of(DATE_TIME, depth), of(chance(2) ? DATE : DATE_TIME, depth)));
            case 8 -> extreme(INTEGER, INTEGER, depth);
            default -> build.binary(pick(INTEGER_ARITHMETIC), of(INTEGER, depth), of(INTEGER, depth));
        };
    }

    private Expr extreme(ValueType.Simple type, ValueType.Simple other, int depth) {
        return build.call(
                pick(List.of(Function.MIN, Function.MAX)),
                List.of(of(type, depth), of(other, depth), maybeNull(chance(2) ? type : other, 0)));
    }

    private List<Expr> inZone(int depth) {
        List<Expr> arguments = new ArrayList<>(List.of(of(DATE_TIME, depth)));
        if (!chance(3)) {
            arguments.add(chance(4) ? build.field("me.zone") : build.literal(pick(SampleRows.ZONES)));
        }
        return arguments;
    }

    private Expr decimal(int depth) {
        return switch (random.nextInt(10)) {
            case 0 -> build.call(Function.ABS, List.of(of(DECIMAL, depth)));
            case 1 -> build.negate(of(DECIMAL, depth));
            case 2, 3 -> build.call(pick(ROUNDING), List.of(of(DECIMAL, depth), build.literal(random.nextInt(17))));
            case 4 -> build.binary(BinaryOperator.DIVIDE, of(INTEGER, depth), of(INTEGER, depth));
            case 5 -> build.binary(BinaryOperator.DIVIDE, of(DECIMAL, depth), of(chance(2) ? INTEGER : DECIMAL, depth));
            case 6 -> extreme(DECIMAL, INTEGER, depth);
            default ->
                build.binary(pick(INTEGER_ARITHMETIC), of(DECIMAL, depth), of(chance(3) ? INTEGER : DECIMAL, depth));
        };
    }

    private Expr date(int depth) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> build.call(Function.DATE_OF, inZone(depth));
            case 2 ->
                build.call(
                        pick(List.of(Function.START_OF_MONTH, Function.END_OF_MONTH)),
                        List.of(of(chance(2) ? DATE : DATE_TIME, depth)));
            case 3 -> extreme(DATE, DATE, depth);
            default ->
                build.call(
                        pick(List.of(Function.ADD_DAYS, Function.ADD_MONTHS)),
                        List.of(of(DATE, depth), of(INTEGER, depth)));
        };
    }

    private Expr dateTime(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> build.call(Function.ADD_MINUTES, List.of(of(DATE_TIME, depth), of(INTEGER, depth)));
            case 1 -> extreme(DATE_TIME, DATE, depth);
            default -> of(DATE_TIME, 0);
        };
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
            case 8 -> references(depth);
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
            case TEXT, DECIMAL, BOOLEAN, DATE_TIME, TIME, ID, JSON, ENCRYPTED_TEXT, NULL -> type;
        };
        Expr left = of(type, depth);
        Expr right = of(other, depth);
        // A picklist beside a constant that is not one of its values is refused; that is another test's matter.
        return left.toString().contains("stage") || right.toString().contains("stage")
                ? build.binary(pick(ORDER), left, right)
                : build.binary(pick(chance(2) ? EQUALITY : ORDER), left, right);
    }

    private Expr in(int depth) {
        if (chance(4)) {
            Expr key = chance(2)
                    ? build.literal(pick(List.of("open", "won", "lost")))
                    : build.call(Function.TRIM, List.of(of(TEXT, depth)));
            return chance(4) ? build.isNull(build.field("tags")) : build.in(key, List.of(build.field("tags")));
        }
        if (chance(3)) {
            return switch (random.nextInt(3)) {
                case 0 -> build.in(reference(PARENTS, depth), List.of(build.field("ids")));
                case 1 -> build.in(build.field("note"), List.of(build.field("none")));
                default -> build.in(of(TEXT, depth), List.of(build.field("me.permissionSets")));
            };
        }
        ValueType.Simple type = pick(List.of(INTEGER, DECIMAL, DATE, DATE_TIME, TEXT));
        List<Expr> list = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            list.add(chance(6) ? build.literal(null) : of(type, chance(2) ? 0 : depth));
        }
        Expr value = type == TEXT ? build.call(Function.TRIM, List.of(of(TEXT, depth))) : of(type, depth);
        return build.in(value, list);
    }

    private Expr references(int depth) {
        List<String> same = chance(2) ? PARENTS : USERS;
        return switch (random.nextInt(3)) {
            case 0 -> build.isNull(reference(same, depth));
            case 1 ->
                build.binary(
                        pick(EQUALITY),
                        reference(PARENTS, depth),
                        build.literal(rows.pick(rows.parentIds).toString()));
            default -> build.binary(pick(EQUALITY), reference(same, depth), reference(same, depth));
        };
    }

    private Expr reference(List<String> same, int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> build.call(Function.COALESCE, List.of(build.field(pick(same)), build.field(pick(same))));
            case 1 -> build.conditional(of(BOOLEAN, depth), build.field(pick(same)), build.field(pick(same)));
            default -> build.field(pick(same));
        };
    }
}
