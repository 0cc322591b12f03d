package dev.tenon.records;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.sdk.error.Suggestions;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values as people write them into tables: thousands separators, {@code 2026/1/31}, {@code 2026年1月31日},
 * {@code yes}, {@code 是}, the label of a picklist value in any language. Empty text is an empty value. References are ids;
 * who imports names looks them up before.
 */
public final class ValueParser {

    private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
    private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-|/|\\.|年)(\\d{1,2})(?:-|/|\\.|月)(\\d{1,2})日?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?");
    private static final Set<String> YES = Set.of("true", "yes", "y", "1", "是", "真", "√");
    private static final Set<String> NO = Set.of("false", "no", "n", "0", "否", "假", "×");

    private ValueParser() {}

    /**
     * The field's Java value; date-times without an offset are in the zone. Throws {@code records.*} naming the field by its
     * label in the locale.
     */
    public static @Nullable Object parse(Field field, String text, Locale locale, ZoneId zone) {
        return text.isBlank() ? null : parse(field.label().in(locale), field.type(), text, zone);
    }

    private static @Nullable Object parse(String field, FieldType type, String text, ZoneId zone) {
        String value = text.strip();
        return switch (type) {
            case FieldType.Text t -> t.multiline() ? text : value;
            case FieldType.AutoNumber n -> value;
            case FieldType.WholeNumber n -> ValueCodec.fromJson(field, type, plain(value));
            case FieldType.DecimalNumber n -> ValueCodec.fromJson(field, type, plain(percent(n, value)));
            case FieldType.Bool b -> bool(field, value);
            case FieldType.DateOnly d -> date(field, value);
            case FieldType.DateTime d -> dateTime(field, type, value, zone);
            case FieldType.TimeOfDay t -> time(field, value);
            case FieldType.Picklist p -> key(field, p.values(), value);
            case FieldType.MultiPicklist p -> keys(field, p, value);
            case FieldType.RichText t -> text;
            case FieldType.Json j -> value;
            case FieldType.EncryptedText t -> value;
            case FieldType.File f -> ValueCodec.fromJson(field, type, value);
            case FieldType.Lookup l -> ValueCodec.fromJson(field, type, value);
            case FieldType.MasterDetail m -> ValueCodec.fromJson(field, type, value);
            case FieldType.ManyToMany m -> ValueCodec.fromJson(field, type, value);
            case FieldType.Formula f -> parse(field, f.result(), text, zone);
            case FieldType.Derived d -> parse(field, d.result(), text, zone);
            case FieldType.RollUp r -> value;
        };
    }

    private static String plain(String number) {
        return GROUPED.matcher(number).matches() ? number.replace(",", "") : number;
    }

    private static String percent(FieldType.DecimalNumber type, String text) {
        return type.percent() && text.endsWith("%")
                ? text.substring(0, text.length() - 1).strip()
                : text;
    }

    private static Boolean bool(String field, String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (YES.contains(word)) {
            return true;
        }
        if (NO.contains(word)) {
            return false;
        }
        throw ValueCodec.mismatch(field, "boolean", text);
    }

    private static LocalDate date(String field, String text) {
        Matcher match = DATE.matcher(text);
        if (!match.matches()) {
            throw ValueCodec.mismatch(field, "date", text);
        }
        try {
            return LocalDate.of(number(match, 1), number(match, 2), number(match, 3));
        } catch (DateTimeException noSuchDay) {
            throw ValueCodec.mismatch(field, "date", text);
        }
    }

    private static @Nullable Object dateTime(String field, FieldType type, String text, ZoneId zone) {
        List<String> parts = List.of(text.split("[ T]", 2));
        if (text.endsWith("Z") || text.matches(".*[+-]\\d{2}:\\d{2}$")) {
            return ValueCodec.fromJson(field, type, text.replace(' ', 'T'));
        }
        LocalDate day = date(field, parts.getFirst());
        if (parts.size() == 1) {
            return day.atStartOfDay(zone).toInstant();
        }
        LocalTime clock =
                clock(parts.getLast().strip()).orElseThrow(() -> ValueCodec.mismatch(field, "date-time", text));
        return LocalDateTime.of(day, clock).atZone(zone).toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    private static LocalTime time(String field, String text) {
        return clock(text)
                .orElseThrow(() -> ValueCodec.mismatch(field, "time", text))
                .truncatedTo(ChronoUnit.MICROS);
    }

    private static Optional<LocalTime> clock(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        try {
            int seconds = time.group(3) == null ? 0 : number(time, 3);
            long nanos = time.group(4) == null ? 0 : Long.parseLong((time.group(4) + "00000000").substring(0, 9));
            return Optional.of(
                    LocalTime.of(number(time, 1), number(time, 2), seconds).plusNanos(nanos));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }

    /** Keys win over labels; a label that two values share names none of them. */
    private static String key(String field, List<FieldType.Picklist.Value> values, String text) {
        for (FieldType.Picklist.Value value : values) {
            if (value.key().equals(text)) {
                return text;
            }
        }
        List<FieldType.Picklist.Value> labelled = values.stream()
                .filter(v -> v.label().texts().values().stream().anyMatch(l -> l.equalsIgnoreCase(text)))
                .toList();
        if (labelled.size() == 1) {
            return labelled.getFirst().key();
        }
        throw RecordsError.NOT_A_PICKLIST_VALUE
                .error()
                .with("field", field)
                .with("value", text)
                .with("suggestion", Suggestions.nearest(text, keys(values)))
                .build();
    }

    private static @Nullable Object keys(String field, FieldType.MultiPicklist type, String text) {
        List<String> keys = Arrays.stream(text.split("[;；]"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> key(field, type.values(), part))
                .toList();
        return keys.isEmpty() ? null : keys;
    }

    private static List<String> keys(List<FieldType.Picklist.Value> values) {
        return values.stream()
                .filter(FieldType.Picklist.Value::active)
                .map(FieldType.Picklist.Value::key)
                .toList();
    }
}
