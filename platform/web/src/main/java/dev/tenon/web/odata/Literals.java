package dev.tenon.web.odata;

import dev.tenon.web.errors.WebError;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.olingo.commons.api.edm.EdmType;
import org.apache.olingo.server.api.uri.queryoption.expression.Literal;
import org.jspecify.annotations.Nullable;

/** Java values of constants in an address. Numbers are read from their text, so that no digit is lost on the way. */
final class Literals {

    /** More digits than any column holds. */
    private static final int MOST_DIGITS = 80;

    private Literals() {}

    static @Nullable Object value(Literal literal) {
        return value(literal.getText(), literal.getType());
    }

    static @Nullable Object value(String text, @Nullable EdmType type) {
        if (type == null || text.equals("null")) {
            return null;
        }
        try {
            return switch (type.getName()) {
                case "String" -> text(text);
                case "SByte", "Byte", "Int16", "Int32", "Int64" -> Long.parseLong(text);
                case "Decimal", "Single", "Double" -> number(text);
                case "Boolean" -> Boolean.valueOf(text);
                case "Guid" -> UUID.fromString(text);
                case "Date" -> LocalDate.parse(text);
                case "TimeOfDay" -> LocalTime.parse(text).truncatedTo(ChronoUnit.MICROS);
                case "DateTimeOffset" -> OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
                default ->
                    throw WebError.ODATA_NOT_SUPPORTED
                            .error()
                            .with("what", type.getName())
                            .build();
            };
        } catch (DateTimeException | IllegalArgumentException malformed) {
            throw WebError.ODATA_TYPE_MISMATCH
                    .error()
                    .with("value", text.length() > 60 ? text.substring(0, 60) + "…" : text)
                    .with("target", "$filter")
                    .with("expected", type.getName())
                    .causedBy(malformed)
                    .build();
        }
    }

    /** The text between the quotes, doubled ones undone. */
    static String text(String quoted) {
        return quoted.length() >= 2 && quoted.startsWith("'") && quoted.endsWith("'")
                ? quoted.substring(1, quoted.length() - 1).replace("''", "'")
                : quoted;
    }

    private static Object number(String text) {
        if (text.length() > MOST_DIGITS) {
            throw new NumberFormatException("too many digits");
        }
        BigDecimal number = new BigDecimal(text);
        if (Math.abs(number.scale()) > MOST_DIGITS) {
            throw new NumberFormatException("too many digits");
        }
        // Whole numbers too large for Int64 arrive as decimals; the smaller ones may be compared with either.
        return number;
    }
}
