package dev.tenon.store.sql.internal;

import dev.tenon.expression.Operations;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What H2 calls, by name: hence public. */
public final class H2Aliases {

    private H2Aliases() {}

    public static @Nullable String lower(@Nullable String text) {
        return text == null ? null : Operations.lower(text);
    }

    public static @Nullable String upper(@Nullable String text) {
        return text == null ? null : Operations.upper(text);
    }

    public static @Nullable String trim(@Nullable String text) {
        return text == null ? null : Operations.trim(text);
    }

    public static @Nullable Long size(@Nullable String text) {
        return text == null ? null : Long.valueOf(Operations.size(text));
    }

    public static @Nullable BigDecimal divide(@Nullable BigDecimal dividend, @Nullable BigDecimal divisor) {
        return dividend == null || divisor == null ? null : Operations.divide(dividend, divisor);
    }

    public static @Nullable BigDecimal remainder(@Nullable BigDecimal dividend, @Nullable BigDecimal divisor) {
        return dividend == null || divisor == null ? null : Operations.remainder(dividend, divisor);
    }

    public static @Nullable LocalDate dayOf(@Nullable OffsetDateTime instant) {
        return instant == null ? null : Operations.dayOf(instant.toInstant());
    }
}
