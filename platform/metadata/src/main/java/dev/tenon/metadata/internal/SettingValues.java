package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Values of settings in the Java types of fields. */
final class SettingValues {

    private SettingValues() {}

    /** The value in force; empty when it is not set or does not fit the type. */
    static Optional<Object> convert(EffectiveElement setting) {
        Object value = setting.value("value");
        if (value == null) {
            return Optional.empty();
        }
        try {
            return switch (String.valueOf(setting.value("type"))) {
                case "integer" -> value instanceof Long ? Optional.of(value) : Optional.empty();
                case "decimal", "percent" ->
                    value instanceof Long || value instanceof BigDecimal
                            ? Optional.of(new BigDecimal(value.toString()))
                            : Optional.empty();
                case "boolean" -> value instanceof Boolean ? Optional.of(value) : Optional.empty();
                case "date" -> value instanceof String text ? Optional.of(LocalDate.parse(text)) : Optional.empty();
                case "dateTime" -> value instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty();
                default -> value instanceof String ? Optional.of(value) : Optional.empty();
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
