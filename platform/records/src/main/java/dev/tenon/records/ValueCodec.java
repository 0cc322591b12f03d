package dev.tenon.records;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.internal.CanonicalJson;
import dev.tenon.records.internal.JsonText;
import dev.tenon.sdk.error.PlatformException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of field values, the same on every door: text, picklist, date {@code 2026-01-31}, date-time
 * {@code 2026-01-31T08:00:00Z} and ids are strings; integers and decimals are numbers with all their digits; booleans are
 * booleans; a file is its id, or an object that has it as {@code id}; an empty value is null. A time of day is
 * {@code 08:30:00}, rich text its HTML, JSON its text, a multi-picklist a list of keys, a many-to-many field a list of ids. In Java a JSON value is a String,
 * Boolean, Long, {@link BigDecimal}, a list of Strings or null.
 */
public final class ValueCodec {

    /** Between the values of a multi-picklist where they are one text. */
    public static final String KEY_SEPARATOR = ";";

    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private ValueCodec() {}

    /** The JSON value of a field's Java value. */
    public static @Nullable Object toJson(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean bool -> bool;
            case Long number -> number;
            case BigDecimal number -> number;
            case Integer number -> number.longValue();
            case UUID id -> id.toString();
            case LocalDate date -> date.toString();
            case Instant instant -> instant.truncatedTo(ChronoUnit.MICROS).toString();
            case LocalTime time -> ISO_LOCAL_TIME.format(time.truncatedTo(ChronoUnit.MICROS));
            case List<?> list ->
                list.stream()
                        .map(item -> item instanceof UUID id ? id.toString() : item)
                        .toList();
            default -> throw new IllegalArgumentException("no field holds a " + value.getClass());
        };
    }

    /** The JSON value as text, for example {@code 12.50} or {@code "abc"}; null for an empty value. */
    public static @Nullable String toJsonText(@Nullable Object value) {
        Object json = toJson(value);
        return json == null ? null : JsonText.write(json);
    }

    /**
     * The Java value of a JSON value. Numbers may come as any {@link Number} or as text of a number (as OData's
     * {@code IEEE754Compatible} and spreadsheets do). Throws {@code records.type-mismatch} naming {@code field}.
     *
     * @param field what to call the field in an error: its label, where a person reads it
     */
    public static @Nullable Object fromJson(String field, FieldType type, @Nullable Object json) {
        if (json == null) {
            return null;
        }
        return switch (type) {
            case FieldType.Text t -> text(field, json);
            case FieldType.Picklist p -> text(field, json);
            case FieldType.AutoNumber n -> text(field, json);
            case FieldType.WholeNumber n -> whole(field, json);
            case FieldType.DecimalNumber n -> decimal(field, json);
            case FieldType.Bool b -> bool(field, json);
            case FieldType.DateOnly d -> date(field, json);
            case FieldType.DateTime d -> instant(field, json);
            case FieldType.TimeOfDay t -> time(field, json);
            case FieldType.MultiPicklist p -> keys(field, json);
            case FieldType.RichText t -> text(field, json);
            case FieldType.EncryptedText t -> secret(field, json);
            // A caller may send the value itself, too.
            case FieldType.Json j ->
                json instanceof Map<?, ?> || json instanceof List<?> ? CanonicalJson.write(json) : text(field, json);
            case FieldType.File f -> id(field, json instanceof Map<?, ?> file ? file.get("id") : json);
            case FieldType.Lookup l -> id(field, json);
            case FieldType.MasterDetail m -> id(field, json);
            case FieldType.ManyToMany m -> ids(field, json);
            case FieldType.Formula f -> fromJson(field, f.result(), json);
            case FieldType.Derived d -> fromJson(field, d.result(), json);
            case FieldType.RollUp r -> json instanceof Number ? decimal(field, json) : json;
        };
    }

    /** The Java value of {@link #toJsonText}'s text. */
    public static @Nullable Object fromJsonText(String field, FieldType type, @Nullable String text) {
        return text == null ? null : fromJson(field, type, JsonText.read(text));
    }

    private static String text(String field, Object json) {
        if (json instanceof String text) {
            return text;
        }
        throw mismatch(field, "text", json);
    }

    /** What it is instead may be the very text, and errors are written to logs. */
    private static String secret(String field, Object json) {
        if (json instanceof String text) {
            return text;
        }
        throw mismatch(field, "text", "–");
    }

    private static Long whole(String field, Object json) {
        try {
            return switch (json) {
                case Long number -> number;
                case Integer number -> number.longValue();
                case Short number -> number.longValue();
                case BigInteger number -> number.longValueExact();
                case Number number -> exact(number).longValueExact();
                case String text -> new BigDecimal(text.strip()).longValueExact();
                default -> throw mismatch(field, "integer", json);
            };
        } catch (NumberFormatException notANumber) {
            throw mismatch(field, "integer", json);
        } catch (ArithmeticException fractionOrTooLarge) {
            throw mismatch(field, "integer", json);
        }
    }

    private static BigDecimal decimal(String field, Object json) {
        try {
            return switch (json) {
                case Number number -> exact(number);
                case String text -> bounded(new BigDecimal(text.strip()));
                default -> throw mismatch(field, "decimal", json);
            };
        } catch (NumberFormatException notANumber) {
            throw mismatch(field, "decimal", json);
        }
    }

    /** A double is taken by its shortest decimal text: what JavaScript shows is what is stored. */
    private static BigDecimal exact(Number number) {
        return bounded(
                switch (number) {
                    case BigDecimal decimal -> decimal;
                    case BigInteger whole -> new BigDecimal(whole);
                    case Double floating -> new BigDecimal(floating.toString());
                    case Float floating -> new BigDecimal(floating.toString());
                    default -> BigDecimal.valueOf(number.longValue());
                });
    }

    /** {@code 1e999999999} is short to send and endless to write out; no field takes even a tenth of this. */
    private static BigDecimal bounded(BigDecimal number) {
        if (Math.abs((long) number.scale()) > 1_000 || number.precision() > 1_000) {
            throw new NumberFormatException("too many digits");
        }
        return number;
    }

    private static Boolean bool(String field, Object json) {
        return switch (json) {
            case Boolean bool -> bool;
            case String text when text.toLowerCase(Locale.ROOT).equals("true") -> true;
            case String text when text.toLowerCase(Locale.ROOT).equals("false") -> false;
            default -> throw mismatch(field, "boolean", json);
        };
    }

    private static LocalDate date(String field, Object json) {
        try {
            return switch (json) {
                case LocalDate date -> inRange(field, date);
                case String text -> inRange(field, LocalDate.parse(text.strip()));
                default -> throw mismatch(field, "date", json);
            };
        } catch (DateTimeException notADate) {
            throw mismatch(field, "date", json);
        }
    }

    private static Instant instant(String field, Object json) {
        try {
            return switch (json) {
                case Instant instant -> inRange(field, instant).truncatedTo(ChronoUnit.MICROS);
                case String text ->
                    inRange(field, OffsetDateTime.parse(text.strip()).toInstant())
                            .truncatedTo(ChronoUnit.MICROS);
                default -> throw mismatch(field, "date-time", json);
            };
        } catch (DateTimeException notATime) {
            throw mismatch(field, "date-time", json);
        }
    }

    private static LocalTime time(String field, Object json) {
        try {
            return switch (json) {
                case LocalTime time -> time.truncatedTo(ChronoUnit.MICROS);
                case String text -> LocalTime.parse(text.strip()).truncatedTo(ChronoUnit.MICROS);
                default -> throw mismatch(field, "time", json);
            };
        } catch (DateTimeException notATime) {
            throw mismatch(field, "time", json);
        }
    }

    /** A list of texts, or one text with semicolons between, as tables have it; nothing at all is an empty value. */
    private static @Nullable List<String> keys(String field, Object json) {
        Stream<?> parts = switch (json) {
            case List<?> list -> list.stream();
            case String text ->
                Arrays.stream(text.split(KEY_SEPARATOR)).map(String::strip).filter(k -> !k.isEmpty());
            default -> throw mismatch(field, "list-of-text", json);
        };
        List<String> keys = new ArrayList<>();
        parts.forEach(part -> {
            if (!(part instanceof String key)) {
                throw mismatch(field, "list-of-text", json);
            }
            keys.add(key);
        });
        return keys.isEmpty() ? null : List.copyOf(keys);
    }

    /** Years that both databases and ISO dates of four digits can hold. */
    private static LocalDate inRange(String field, LocalDate date) {
        if (date.isBefore(FIRST_DAY) || date.isAfter(LAST_DAY)) {
            throw RecordsError.OUT_OF_RANGE
                    .error()
                    .with("field", field)
                    .with("minimum", FIRST_DAY)
                    .with("maximum", LAST_DAY)
                    .build();
        }
        return date;
    }

    private static Instant inRange(String field, Instant instant) {
        inRange(field, LocalDate.ofInstant(instant, ZoneOffset.UTC));
        return instant;
    }

    /** A list of ids, or one text with semicolons between, as tables have it; each record once. */
    private static List<UUID> ids(String field, Object json) {
        Stream<?> parts = switch (json) {
            case List<?> list -> list.stream();
            case String text ->
                Arrays.stream(text.split(KEY_SEPARATOR)).map(String::strip).filter(id -> !id.isEmpty());
            default -> throw mismatch(field, "list-of-ids", json);
        };
        return parts.map(id -> id(field, id)).distinct().toList();
    }

    private static UUID id(String field, @Nullable Object json) {
        if (json instanceof UUID id) {
            return id;
        }
        // UUID.fromString also takes shortened groups, which would name another record than it seems to.
        if (json instanceof String text && text.strip().length() == 36) {
            try {
                return UUID.fromString(text.strip());
            } catch (IllegalArgumentException notAnId) {
                throw mismatch(field, "id", json);
            }
        }
        throw mismatch(field, "id", json);
    }

    /** {@code records.type-mismatch} for a value that cannot be read. */
    public static PlatformException mismatch(String field, String expected, @Nullable Object found) {
        String shown = String.valueOf(found);
        return RecordsError.TYPE_MISMATCH
                .error()
                .with("field", field)
                .with("expected", expected)
                .with("value", shown.length() > 60 ? shown.substring(0, 60) + "…" : shown)
                .build();
    }
}
