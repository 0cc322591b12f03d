package dev.tenon.samples.offerletter;

import dev.tenon.sdk.record.RecordData;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills a template's placeholders. An unknown or empty one is refused: a letter with a gap in it must not be sent.
 *
 * @param records the records by the name under which the template knows them
 */
record LetterText(Map<String, RecordData> records, String sender, LocalDate today, Locale language) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([A-Za-z][\\w.]*)\\s*}}");

    String fill(String template, String body) {
        return PLACEHOLDER.matcher(body).replaceAll(found -> Matcher.quoteReplacement(value(template, found.group(1))));
    }

    private String value(String template, String name) {
        switch (name) {
            case "today" -> {
                return date(today);
            }
            case "sender.name" -> {
                return sender;
            }
            default -> {
                int dot = name.indexOf('.');
                RecordData record = dot < 0 ? null : records.get(name.substring(0, dot));
                if (record == null) {
                    throw OfferLetterError.UNKNOWN_PLACEHOLDER
                            .error()
                            .with("template", template)
                            .with("placeholder", "{{" + name + "}}")
                            .with("today", "{{today}}")
                            .with("sender", "{{sender.name}}")
                            .build();
                }
                Object value = record.value(name.substring(dot + 1));
                if (value == null || value.toString().isBlank()) {
                    throw OfferLetterError.VALUE_MISSING
                            .error()
                            .with("template", template)
                            .with("placeholder", "{{" + name + "}}")
                            .build();
                }
                return text(value);
            }
        }
    }

    private String text(Object value) {
        return switch (value) {
            case BigDecimal number -> number(number);
            case LocalDate date -> date(date);
            case Instant instant -> date(LocalDate.ofInstant(instant, ZoneOffset.UTC));
            default -> value.toString();
        };
    }

    private String number(BigDecimal number) {
        NumberFormat format = NumberFormat.getNumberInstance(language);
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        format.setMinimumFractionDigits(whole ? 0 : Math.min(2, number.scale()));
        format.setMaximumFractionDigits(number.scale() < 0 ? 0 : number.scale());
        return format.format(number);
    }

    private String date(LocalDate date) {
        boolean chinese = language.getLanguage().equals("zh");
        return DateTimeFormatter.ofPattern(chinese ? "yyyy年M月d日" : "d MMMM yyyy", language)
                .format(date);
    }
}
