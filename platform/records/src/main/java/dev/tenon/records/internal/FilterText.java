package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.ExpressionCompiler.Result;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.records.RecordsError;
import dev.tenon.sdk.record.RecordQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A filter in text with values for its variables, checked under the rights of whoever asks.
 *
 * @param parameters the variables' values in the Java types of the expression language
 */
record FilterText(Optional<Expr> condition, Map<String, @Nullable Object> parameters) {

    static FilterText compile(RecordQuery asked, Scope scope) {
        if (asked.filter().isEmpty()) {
            return new FilterText(Optional.empty(), Map.of());
        }
        asked.parameters().keySet().stream()
                .filter(Viewpoint::reserved)
                .findFirst()
                .ifPresent(name -> {
                    throw RecordsError.RESERVED_PARAMETER
                            .error()
                            .with("name", name)
                            .build();
                });
        String text = asked.filter().get();
        Map<String, @Nullable Object> values = convert(asked.parameters(), FilterText::exact);
        Result first = compile(text, scope, values);
        if (first instanceof Result.Refused) {
            // Scripts have no ids and dates, only texts that look like them; where a text does not fit, it is read so.
            Map<String, @Nullable Object> read = convert(values, FilterText::meant);
            if (!read.equals(values) && compile(text, scope, read) instanceof Result.Compiled compiled) {
                return new FilterText(Optional.of(compiled.expr()), read);
            }
        }
        return new FilterText(Optional.of(first.orThrow()), values);
    }

    private static Result compile(String text, Scope scope, Map<String, @Nullable Object> values) {
        Map<String, ValueType> variables = new HashMap<>(scope.variables());
        values.forEach((name, value) -> variables.put(name, type(value)));
        Scope named =
                new Scope(scope.model(), scope.object(), variables, scope.readable(), scope.asked(), scope.aliases());
        return ExpressionCompiler.compile(text, named, ValueType.Simple.BOOLEAN);
    }

    private static Map<String, @Nullable Object> convert(
            Map<String, @Nullable Object> values, Function<Object, Object> conversion) {
        Map<String, @Nullable Object> converted = new LinkedHashMap<>();
        values.forEach((name, value) -> converted.put(
                name,
                switch (value) {
                    case null -> null;
                    case List<?> list ->
                        list.stream().map(v -> conversion.apply((Object) v)).toList();
                    default -> conversion.apply(value);
                }));
        return converted;
    }

    private static Object exact(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            // Whole doubles are how JavaScript writes integers.
            case Double number when number == Math.rint(number) && Math.abs(number) < 1L << 53 -> number.longValue();
            case Double number -> new BigDecimal(number.toString());
            case Float number -> new BigDecimal(number.toString());
            default -> value;
        };
    }

    private static Object meant(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return switch (text.length()) {
                case 36 -> UUID.fromString(text);
                case 10 -> LocalDate.parse(text);
                case 5, 8 -> LocalTime.parse(text);
                default -> text.endsWith("Z") ? Instant.parse(text) : text;
            };
        } catch (DateTimeParseException | IllegalArgumentException onlyText) {
            return value;
        }
    }

    private static ValueType type(@Nullable Object value) {
        return switch (value) {
            case null -> ValueType.Simple.NULL;
            case String text -> ValueType.Simple.TEXT;
            case Long number -> ValueType.Simple.INTEGER;
            case BigDecimal number -> ValueType.Simple.DECIMAL;
            case Boolean bool -> ValueType.Simple.BOOLEAN;
            case LocalDate date -> ValueType.Simple.DATE;
            case Instant instant -> ValueType.Simple.DATE_TIME;
            case LocalTime time -> ValueType.Simple.TIME;
            case UUID id -> ValueType.Simple.ID;
            case List<?> list -> new ValueType.ListOf(list.isEmpty() ? ValueType.Simple.NULL : type(list.getFirst()));
            default -> throw new IllegalArgumentException("no value of a filter: " + value.getClass());
        };
    }
}
