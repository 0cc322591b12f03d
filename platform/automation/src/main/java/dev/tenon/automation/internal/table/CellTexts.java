package dev.tenon.automation.internal.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.jspecify.annotations.Nullable;

/** What a person reads in a workbook's cell: of a formula its value, of a number that is shown as a date the date. */
final class CellTexts {

    /** Spreadsheets keep binary numbers and show fifteen digits of them. */
    private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_UP);

    /** The last one is the day before the year 10000. */
    private static final BigDecimal MOST_DAYS = BigDecimal.valueOf(2_958_465);

    private static final BigDecimal MILLIS_OF_DAY = BigDecimal.valueOf(86_400_000);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter EXACT_CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    /** Text in quotes, escaped characters and colours or conditions in brackets are no date's letters. */
    private static final Pattern LITERAL = Pattern.compile("\"[^\"]*\"|\\\\.|\\[(?![hms]+\\])[^\\]]*\\]");

    private static final Pattern DATE_LETTER = Pattern.compile("[ymdhs年月日时分秒]", Pattern.CASE_INSENSITIVE);
    private static final Pattern CODE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private final boolean from1904;

    CellTexts(boolean from1904) {
        this.from1904 = from1904;
    }

    String of(Cell cell) {
        return switch (cell.getValue()) {
            case String text -> decoded(text);
            case BigDecimal number -> number(number, cell.getDataFormatId(), cell.getDataFormatString());
            case Boolean bool -> bool.toString();
            case null -> cell.getRawValue() == null ? "" : cell.getRawValue();
            default -> cell.getText();
        };
    }

    /** Characters that XML does not allow are written as codes. */
    private static String decoded(String text) {
        if (!text.contains("_x")) {
            return text;
        }
        Matcher code = CODE.matcher(text);
        return code.replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
    }

    private String number(BigDecimal number, @Nullable Integer formatId, @Nullable String format) {
        BigDecimal shown = number.precision() > SHOWN.getPrecision() ? number.round(SHOWN) : number;
        if (isDate(formatId, format) && number.signum() >= 0 && number.compareTo(MOST_DAYS) <= 0) {
            return date(number);
        }
        String bare = format == null ? "" : LITERAL.matcher(format).replaceAll("");
        if (bare.contains("%") || isPercent(formatId)) {
            return plain(shown.movePointRight(2)) + "%";
        }
        return plain(shown);
    }

    private static boolean isPercent(@Nullable Integer id) {
        return id != null && (id == 9 || id == 10);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** The numbers that the standard gives to date formats, those of Chinese and Japanese Excel included. */
    private static boolean isDate(@Nullable Integer id, @Nullable String format) {
        if (id != null
                && (id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58)) {
            return true;
        }
        if (format == null || format.equalsIgnoreCase("General")) {
            return false;
        }
        String bare = LITERAL.matcher(format).replaceAll("");
        return !bare.contains("0")
                && !bare.contains("#")
                && DATE_LETTER.matcher(bare).find();
    }

    private String date(BigDecimal serial) {
        long day = serial.longValue();
        // To the millisecond: a fraction of a day is hardly ever exact.
        long millis = serial.subtract(BigDecimal.valueOf(day))
                .multiply(MILLIS_OF_DAY)
                .setScale(0, RoundingMode.HALF_UP)
                .longValue();
        day += millis / 86_400_000;
        LocalTime clock = LocalTime.ofNanoOfDay(millis % 86_400_000 * 1_000_000);
        DateTimeFormatter written = clock.getNano() == 0 ? CLOCK : EXACT_CLOCK;
        if (day == 0 && !from1904) {
            return written.format(clock);
        }
        try {
            String date = day(day).toString();
            return clock.equals(LocalTime.MIDNIGHT) ? date : date + " " + written.format(clock);
        } catch (DateTimeException beyond) {
            return plain(serial);
        }
    }

    /** The older count takes 1900 for a leap year, so that days before its March are one off. */
    private LocalDate day(long count) {
        if (from1904) {
            return LocalDate.of(1904, 1, 1).plusDays(count);
        }
        return LocalDate.of(1899, 12, count < 60 ? 31 : 30).plusDays(count);
    }
}
