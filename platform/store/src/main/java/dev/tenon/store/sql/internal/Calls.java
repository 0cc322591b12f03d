package dev.tenon.store.sql.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jooq.DatePart;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The functions of the language. */
final class Calls {

    private Calls() {}

    static Field<?> write(Expr.Call call, List<Field<?>> arguments, SqlFunctions functions, Arithmetic arithmetic) {
        Field<?> first = arguments.getFirst();
        return switch (call.function()) {
            case CONTAINS, STARTS_WITH, ENDS_WITH -> throw new IllegalArgumentException("a condition: " + call);
            case LOWER -> functions.lower(first.coerce(String.class));
            case UPPER -> functions.upper(first.coerce(String.class));
            case TRIM -> functions.trim(first.coerce(String.class));
            case SIZE -> functions.size(first.coerce(String.class));
            case CONCAT -> concat(arguments);
            case COALESCE -> coalesce(arguments, call.type());
            case ABS -> arithmetic.abs(first, call.type());
            case ROUND -> functions.round(first.coerce(BigDecimal.class), digits(call));
            case FLOOR -> arithmetic.integer(DSL.field("floor({0})", SQLDataType.NUMERIC, first));
            case CEIL -> arithmetic.integer(DSL.field("ceiling({0})", SQLDataType.NUMERIC, first));
            case YEAR -> part(first, DatePart.YEAR);
            case MONTH -> part(first, DatePart.MONTH);
            case DAY -> part(first, DatePart.DAY);
            case DAYS_BETWEEN ->
                functions.daysBetween(
                        first.coerce(LocalDate.class), arguments.get(1).coerce(LocalDate.class));
            case ADD_DAYS ->
                functions.addDays(
                        first.coerce(LocalDate.class), arguments.get(1).coerce(Long.class));
            case DATE_OF -> functions.dayOf(first.coerce(Instant.class));
        };
    }

    private static Field<?> part(Field<?> day, DatePart part) {
        return DSL.field("cast(extract({0} from {1}) as bigint)", SQLDataType.BIGINT, part.toKeyword(), day);
    }

    private static int digits(Expr.Call round) {
        return round.arguments().get(1) instanceof Expr.Literal literal && literal.value() instanceof Long digits
                ? digits.intValue()
                : 0;
    }

    private static Field<String> concat(List<Field<?>> parts) {
        Field<String> whole = filled(parts.getFirst());
        for (Field<?> part : parts.subList(1, parts.size())) {
            whole = whole.concat(filled(part));
        }
        return whole;
    }

    private static Field<String> filled(Field<?> part) {
        return DSL.coalesce(part.coerce(String.class), "");
    }

    private static Field<?> coalesce(List<Field<?>> arguments, ValueType type) {
        Field<?>[] others = arguments.subList(1, arguments.size()).toArray(Field<?>[]::new);
        // The type here only chooses between two overloads.
        return DSL.coalesce(arguments.getFirst().coerce(String.class), others).coerce(SqlTypes.of(type));
    }
}
