package dev.tenon.web.odata;

import dev.tenon.expression.EvaluationContext;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.expression.ExprDependencies;
import dev.tenon.expression.Function;
import dev.tenon.expression.Operations;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.olingo.commons.api.edm.EdmEnumType;
import org.apache.olingo.commons.api.edm.EdmType;
import org.apache.olingo.server.api.ODataApplicationException;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceCount;
import org.apache.olingo.server.api.uri.UriResourceIt;
import org.apache.olingo.server.api.uri.UriResourceLambdaAll;
import org.apache.olingo.server.api.uri.UriResourceLambdaAny;
import org.apache.olingo.server.api.uri.UriResourceLambdaVariable;
import org.apache.olingo.server.api.uri.UriResourceNavigation;
import org.apache.olingo.server.api.uri.UriResourcePrimitiveProperty;
import org.apache.olingo.server.api.uri.queryoption.expression.BinaryOperatorKind;
import org.apache.olingo.server.api.uri.queryoption.expression.Expression;
import org.apache.olingo.server.api.uri.queryoption.expression.ExpressionVisitException;
import org.apache.olingo.server.api.uri.queryoption.expression.ExpressionVisitor;
import org.apache.olingo.server.api.uri.queryoption.expression.Literal;
import org.apache.olingo.server.api.uri.queryoption.expression.Member;
import org.apache.olingo.server.api.uri.queryoption.expression.MethodKind;
import org.apache.olingo.server.api.uri.queryoption.expression.UnaryOperatorKind;
import org.jspecify.annotations.Nullable;

/** Turns OData expressions into the platform's. Where the two compare differently see {@link Comparisons}. */
final class Conditions implements ExpressionVisitor<Expr> {

    private static final Instant FIRST_INSTANT = Operations.startOf(Operations.FIRST_DAY);

    private static final Instant LAST_INSTANT =
            Operations.startOf(Operations.LAST_DAY).plus(1, ChronoUnit.DAYS).minus(1, ChronoUnit.MICROS);

    /** The record that a name stands for: the row itself, or one of a collection inside of {@code any} or {@code all}. */
    private record Frame(String variable, Paths paths) {}

    /** From outside to inside. */
    private final List<Frame> frames;

    /** What variables stand for that are about the values of a list: one of them at a time. */
    private final Map<String, Expr> keys;

    private final ExprBuilder builder;
    private final Comparisons comparisons;
    private final AtomicInteger parts;

    private Conditions(List<Frame> frames, Map<String, Expr> keys, AtomicInteger parts) {
        this.frames = frames;
        this.keys = keys;
        this.builder = frames.getLast().paths().builder();
        this.comparisons = new Comparisons(builder);
        this.parts = parts;
    }

    static Expr translate(Expression expression, Paths paths) {
        try {
            return expression.accept(new Conditions(List.of(new Frame("$it", paths)), Map.of(), new AtomicInteger()));
        } catch (ExpressionVisitException | ODataApplicationException refused) {
            throw syntax(refused);
        }
    }

    private static PlatformException syntax(Exception refused) {
        return WebError.ODATA_SYNTAX
                .error()
                .with("reason", String.valueOf(refused.getMessage()))
                .causedBy(refused)
                .build();
    }

    /** A condition; anything else than a truth value is refused. */
    static Expr condition(Expression expression, Paths paths) {
        return paths.builder().as(translate(expression, paths), ValueType.Simple.BOOLEAN);
    }

    /** For what names no record and no variable. */
    private static final EvaluationContext NOTHING = new EvaluationContext() {
        @Override
        public @Nullable Object field(List<Expr.Hop> hops, String field) {
            throw new IllegalArgumentException(field);
        }

        @Override
        public @Nullable Object variable(String name) {
            throw new IllegalArgumentException(name);
        }
    };

    private void count() {
        if (parts.incrementAndGet() > Limits.PARTS) {
            throw WebError.ODATA_TOO_COMPLEX
                    .error()
                    .with("maximum", Limits.PARTS)
                    .build();
        }
    }

    @Override
    public Expr visitBinaryOperator(BinaryOperatorKind operator, Expr left, Expr right) {
        count();
        return switch (operator) {
            case AND -> builder.binary(Expr.BinaryOperator.AND, left, right);
            case OR -> builder.binary(Expr.BinaryOperator.OR, left, right);
            case EQ -> comparisons.same(left, right);
            case NE -> comparisons.different(left, right);
            case LT -> comparisons.ordered(Expr.BinaryOperator.LESS, left, right);
            case LE -> comparisons.ordered(Expr.BinaryOperator.LESS_OR_EQUAL, left, right);
            case GT -> comparisons.ordered(Expr.BinaryOperator.GREATER, left, right);
            case GE -> comparisons.ordered(Expr.BinaryOperator.GREATER_OR_EQUAL, left, right);
            case ADD -> builder.binary(Expr.BinaryOperator.ADD, left, right);
            case SUB -> builder.binary(Expr.BinaryOperator.SUBTRACT, left, right);
            case MUL -> builder.binary(Expr.BinaryOperator.MULTIPLY, left, right);
            case DIV -> comparisons.quotient(left, right);
            case MOD -> builder.binary(Expr.BinaryOperator.REMAINDER, left, right);
            case HAS, IN -> throw unsupported(operator.toString());
        };
    }

    @Override
    public Expr visitBinaryOperator(BinaryOperatorKind operator, Expr left, List<Expr> right) {
        count();
        right.forEach(r -> count());
        if (operator != BinaryOperatorKind.IN) {
            throw unsupported(operator.toString());
        }
        return builder.in(left, right);
    }

    @Override
    public Expr visitUnaryOperator(UnaryOperatorKind operator, Expr operand) {
        count();
        return switch (operator) {
            case MINUS -> builder.negate(operand);
            case NOT -> comparisons.not(operand);
        };
    }

    @Override
    public Expr visitMethodCall(MethodKind method, List<Expr> arguments) {
        count();
        return switch (method) {
            case CONTAINS -> builder.call(Function.CONTAINS, arguments);
            case STARTSWITH -> builder.call(Function.STARTS_WITH, arguments);
            case ENDSWITH -> builder.call(Function.ENDS_WITH, arguments);
            case LENGTH -> builder.call(Function.SIZE, arguments);
            case TOLOWER -> builder.call(Function.LOWER, arguments);
            case TOUPPER -> builder.call(Function.UPPER, arguments);
            case TRIM -> builder.call(Function.TRIM, arguments);
            // Empty where a part is, unlike the platform's function.
            case CONCAT -> builder.binary(Expr.BinaryOperator.ADD, arguments.getFirst(), arguments.getLast());
            case YEAR -> builder.call(Function.YEAR, arguments);
            case MONTH -> builder.call(Function.MONTH, arguments);
            case DAY -> builder.call(Function.DAY, arguments);
            case DATE -> builder.call(Function.DATE_OF, arguments);
            case ROUND -> builder.call(Function.ROUND, List.of(arguments.getFirst(), builder.literal(0L)));
            case FLOOR -> builder.call(Function.FLOOR, arguments);
            case CEILING -> builder.call(Function.CEIL, arguments);
            case HOUR -> builder.call(Function.HOUR, arguments);
            case MINUTE -> builder.call(Function.MINUTE, arguments);
            case SECOND -> builder.call(Function.SECOND, arguments);
            case TIME -> builder.call(Function.TIME_OF, arguments);
            case NOW -> builder.field("now");
            case INDEXOF -> builder.call(Function.INDEX_OF, arguments);
            case SUBSTRING -> builder.call(Function.SUBSTRING, arguments);
            case MINDATETIME -> builder.literal(FIRST_INSTANT);
            case MAXDATETIME -> builder.literal(LAST_INSTANT);
            // Every time is answered in UTC.
            case TOTALOFFSETMINUTES ->
                builder.conditional(builder.isNull(arguments.getFirst()), builder.literal(null), builder.literal(0L));
            case FRACTIONALSECONDS ->
                builder.binary(
                        Expr.BinaryOperator.DIVIDE,
                        builder.call(Function.MICROSECOND, arguments),
                        builder.literal(1_000_000L));
            case TOTALSECONDS, GEODISTANCE, GEOLENGTH, GEOINTERSECTS, CAST, ISOF, SUBSTRINGOF, COMPUTE_AGGREGATE ->
                throw unsupported(method.toString());
        };
    }

    @Override
    public Expr visitLiteral(Literal literal) {
        count();
        return builder.literal(Literals.value(literal));
    }

    @Override
    public Expr visitMember(Member member) {
        count();
        List<UriResource> way = member.getResourcePath().getUriResourceParts();
        int frame = 0;
        if (way.getFirst() instanceof UriResourceLambdaVariable variable) {
            Expr key = way.size() == 1 ? keys.get(variable.getVariableName()) : null;
            if (key != null) {
                return key;
            }
            frame = frameOf(variable.getVariableName());
            way = way.subList(1, way.size());
        } else if (way.getFirst() instanceof UriResourceIt) {
            way = way.subList(1, way.size());
        }
        if (way.isEmpty()) {
            throw unsupported("a record by itself");
        }
        List<UriResource> before = way.subList(0, way.size() - 1);
        boolean list = !before.isEmpty() && before.getLast() instanceof UriResourcePrimitiveProperty;
        return switch (way.getLast()) {
            case UriResourceLambdaAny any
            when list -> someKey(frame, before, any.getLambdaVariable(), any.getExpression(), false);
            case UriResourceLambdaAll all
            when list -> builder.not(someKey(frame, before, all.getLambdaVariable(), all.getExpression(), true));
            case UriResourceLambdaAny any -> someOf(frame, before, any.getLambdaVariable(), any.getExpression(), false);
            case UriResourceLambdaAll all ->
                builder.not(someOf(frame, before, all.getLambdaVariable(), all.getExpression(), true));
            case UriResourceCount _ -> countOf(frame, before);
            // Whether there is such a record, or which one it is.
            case UriResourceNavigation reference
            when !reference.isCollection() -> {
                List<String> id = new ArrayList<>(Paths.names(way));
                id.add(SystemField.ID);
                yield outward(frames.get(frame).paths().resolveNames(id), frame, frames.size() - 1);
            }
            default -> outward(frames.get(frame).paths().resolve(way), frame, frames.size() - 1);
        };
    }

    private int frameOf(String variable) {
        for (int i = frames.size() - 1; i > 0; i--) {
            if (frames.get(i).variable().equals(variable)) {
                return i;
            }
        }
        throw unsupported(variable);
    }

    /** An expression about the record of one frame, told inside of another that is nearer to the leaves. */
    private static Expr outward(Expr expr, int frame, int told) {
        return dev.tenon.access.Conditions.outward(expr, told - frame);
    }

    /** How many records the collection has, of those that the caller sees. */
    private Expr countOf(int frame, List<UriResource> way) {
        Belonging belonging = belonging(frame, way);
        Paths.Members members = belonging.members(Expr.TRUE);
        return new Expr.Count(members.object(), members.condition());
    }

    /** A collection, told inside of a frame of its own. */
    private record Belonging(VisibleObject.Collection collection, Paths paths, Expr owner) {
        Paths.Members members(Expr condition) {
            return paths.members(collection, owner, condition);
        }
    }

    private Belonging belonging(int frame, List<UriResource> way) {
        if (frames.size() > Limits.LAMBDA_DEPTH) {
            throw WebError.ODATA_TOO_COMPLEX
                    .error()
                    .with("maximum", Limits.LAMBDA_DEPTH)
                    .build();
        }
        List<String> names = Paths.names(way);
        Paths outer = frames.get(frame).paths();
        VisibleObject.Collection collection = outer.collection(names);
        Paths inner = outer.of(collection.object());
        List<String> id = new ArrayList<>(names.subList(0, names.size() - 1));
        id.add(SystemField.ID);
        Expr owner = outward(outer.resolveNames(id), frame, frames.size());
        return new Belonging(collection, inner, owner);
    }

    /** Whether a record of the collection fulfils the condition, or, for {@code all}, fails to. */
    private Expr someOf(
            int frame, List<UriResource> way, @Nullable String variable, @Nullable Expression asked, boolean failing) {
        Belonging belonging = belonging(frame, way);
        Expr condition = Expr.TRUE;
        if (asked != null) {
            List<Frame> nested = new ArrayList<>(frames);
            nested.add(new Frame(variable == null ? "" : variable, belonging.paths()));
            condition = accepted(asked, new Conditions(List.copyOf(nested), keys, parts));
        }
        Paths.Members members = belonging.members(failing ? comparisons.untrue(condition) : condition);
        return new Expr.Exists(members.object(), members.condition());
    }

    /**
     * Whether a value of the list fulfils the condition, or, for {@code all}, fails to. The values that there may be are
     * known, so the condition is told for each of them; what says nothing of records is decided at once.
     */
    private Expr someKey(
            int frame, List<UriResource> way, @Nullable String variable, @Nullable Expression asked, boolean failing) {
        Expr list = outward(frames.get(frame).paths().resolve(way), frame, frames.size() - 1);
        if (asked == null || variable == null) {
            return builder.not(builder.isNull(list));
        }
        int before = parts.get();
        int most = before;
        Expr some = Expr.FALSE;
        for (String key : frames.get(frame).paths().keys(way)) {
            parts.set(before);
            Expr value = builder.literal(key);
            Map<String, Expr> nested = new HashMap<>(keys);
            nested.put(variable, value);
            Expr told = accepted(asked, new Conditions(frames, Map.copyOf(nested), parts));
            Expr wanted = failing ? comparisons.untrue(told) : told;
            ExprDependencies needed = ExprDependencies.of(wanted);
            if (needed.fields().isEmpty() && needed.variables().isEmpty()) {
                wanted = Evaluator.holds(wanted, NOTHING) ? Expr.TRUE : Expr.FALSE;
            } else {
                most += parts.get() - before;
            }
            some = Expr.or(some, Expr.and(builder.in(value, List.of(list)), wanted));
        }
        parts.set(Math.max(most, parts.get()));
        count();
        return some;
    }

    private static Expr accepted(Expression asked, Conditions nested) {
        try {
            return nested.builder.as(asked.accept(nested), ValueType.Simple.BOOLEAN);
        } catch (ExpressionVisitException | ODataApplicationException refused) {
            throw syntax(refused);
        }
    }

    @Override
    public Expr visitLambdaExpression(String function, String variable, Expression expression) {
        // The parser gives these as members, where the collection they are about is told.
        throw unsupported(function.toLowerCase(Locale.ROOT));
    }

    @Override
    public Expr visitAlias(String alias) {
        throw unsupported(alias);
    }

    @Override
    public Expr visitTypeLiteral(EdmType type) {
        throw unsupported(type.getName());
    }

    @Override
    public Expr visitLambdaReference(String variable) {
        throw unsupported(variable);
    }

    @Override
    public Expr visitEnum(@Nullable EdmEnumType type, List<String> values) {
        throw unsupported(values.toString());
    }

    private static RuntimeException unsupported(String what) {
        return WebError.ODATA_NOT_SUPPORTED.error().with("what", what).build();
    }
}
