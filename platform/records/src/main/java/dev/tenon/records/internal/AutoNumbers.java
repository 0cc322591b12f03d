package dev.tenon.records.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType.AutoNumber;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Setting;
import dev.tenon.records.port.RecordStore.Series;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives new records their numbers. */
final class AutoNumbers {

    private static final Pattern PART = Pattern.compile("\\{(0+|yyyy|yy|MM|dd)\\}");

    private final SaveContext context;

    AutoNumbers(SaveContext context) {
        this.context = context;
    }

    /** Gives the numbers of a new record, which start at {@code first} for a block that was taken before. */
    void number(WorkingRecord record, Map<String, Long> first, Map<String, @Nullable Object> sent) {
        for (Field field : record.plan().type().fields().values()) {
            if (field.type() instanceof AutoNumber type && sent.get(field.name()) == null) {
                Long reserved = first.get(field.name());
                long number = reserved != null ? reserved : take(record.plan().type(), field, type, 1);
                record.set(field.name(), formatted(type.format(), number, today()));
            }
        }
    }

    /** Takes a block of numbers for each field of the object; those may have gaps. */
    Map<String, Long> reserve(ObjectType object, int count) {
        Map<String, Long> first = new HashMap<>();
        for (Field field : object.fields().values()) {
            if (field.type() instanceof AutoNumber type && !type.gapless() && count > 0) {
                first.put(field.name(), take(object, field, type, count));
            }
        }
        return first;
    }

    /** Whether a number that a refused record has taken would be missing. */
    static boolean gapless(ObjectType object) {
        return object.fields().values().stream()
                .anyMatch(field -> field.type() instanceof AutoNumber type && type.gapless());
    }

    private long take(ObjectType object, Field field, AutoNumber type, int count) {
        Series series = new Series(object.name(), field.name(), period(type.reset()), type.gapless());
        return context.ports().store().nextNumber(context.viewpoint().model(), series, count);
    }

    private String period(AutoNumber.Reset reset) {
        String day = today().toString();
        return switch (reset) {
            case NEVER -> "";
            case YEAR -> day.substring(0, day.length() - "-MM-dd".length());
            case MONTH -> day.substring(0, day.length() - "-dd".length());
            case DAY -> day;
        };
    }

    /** The tenant's day: people in several zones share one count. */
    private LocalDate today() {
        ZoneId zone = Optional.ofNullable(context.viewpoint().model().settings().get(Setting.TIME_ZONE))
                .map(Setting::value)
                .map(name -> ZoneId.of(String.valueOf(name)))
                .orElse(ZoneOffset.UTC);
        return LocalDate.ofInstant(context.viewpoint().now(), zone);
    }

    /** A number with more digits than the format shows all of them: the count never ends and never repeats. */
    static String formatted(String format, long number, LocalDate day) {
        return PART.matcher(format).replaceAll(part -> Matcher.quoteReplacement(text(part, number, day)));
    }

    private static String text(MatchResult part, long number, LocalDate day) {
        String pattern = part.group(1);
        if (!pattern.startsWith("0")) {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(day);
        }
        String digits = String.valueOf(number);
        return "0".repeat(Math.max(0, pattern.length() - digits.length())) + digits;
    }
}
