package dev.tenon.automation.internal.table;

import dev.tenon.automation.port.ExportQuery.Percent;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a workbook whose rows leave memory as they come; the first row is repeated on each further sheet. Text is
 * written as text, in place: it is never a formula, and there is no table of texts to keep.
 */
final class XlsxSink implements RowSink {

    static final int ROWS_OF_A_SHEET = 1_048_576;

    /** Of the standard; programs call a file damaged that has longer ones. */
    static final int MOST_CELL_CHARS = 32_767;

    private static final int ROWS_KEPT = 500;
    private static final int MOST_DIGITS = 15;
    private static final double WIDTH = 20;

    /** A text that looks like a character's code would be read as that character. */
    private static final Pattern LIKE_A_CODE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private final Workbook workbook;
    private final int rowsOfASheet;
    private @Nullable Worksheet sheet;
    private List<? extends @Nullable Object> titles = List.of();
    private int sheets;
    private int row;
    private long altered;

    XlsxSink(OutputStream to) {
        this(to, ROWS_OF_A_SHEET);
    }

    XlsxSink(OutputStream to, int rowsOfASheet) {
        this.workbook = new Workbook(new Kept(to), "Tenon", "1.0");
        this.rowsOfASheet = rowsOfASheet;
    }

    /** The stream belongs to who has opened it. */
    private static final class Kept extends FilterOutputStream {
        private Kept(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        if (sheets == 0) {
            titles = cells;
            next();
            return;
        }
        Worksheet at = row == rowsOfASheet ? next() : current();
        for (int column = 0; column < cells.size(); column++) {
            cell(at, column, cells.get(column));
        }
        row++;
        if (row % ROWS_KEPT == 0) {
            at.flush();
        }
    }

    private Worksheet current() {
        if (sheet == null) {
            throw new IllegalStateException("the first row makes the sheet");
        }
        return sheet;
    }

    private Worksheet next() throws IOException {
        if (sheet != null) {
            sheet.finish();
        }
        sheets++;
        Worksheet begun = workbook.newWorksheet("Data" + (sheets == 1 ? "" : " " + sheets));
        sheet = begun;
        row = 0;
        begun.freezePane(0, 1);
        for (int column = 0; column < titles.size(); column++) {
            begun.width(column, WIDTH);
            cell(begun, column, titles.get(column));
            begun.style(0, column).bold().set();
        }
        row = 1;
        return begun;
    }

    private void cell(Worksheet at, int column, @Nullable Object cell) {
        switch (cell) {
            case null -> {}
            case BigDecimal number -> number(at, column, number);
            case Long number -> number(at, column, BigDecimal.valueOf(number));
            case Percent percent -> {
                number(at, column, percent.value().movePointLeft(2));
                int scale = Math.clamp(percent.value().stripTrailingZeros().scale(), 0, 10);
                format(at, column, "0" + (scale == 0 ? "" : "." + "0".repeat(scale)) + "%");
            }
            case Boolean bool -> at.value(row, column, bool);
            case LocalDate date
            when date.getYear() >= 1901 -> {
                at.value(row, column, date);
                format(at, column, "yyyy-mm-dd");
            }
            case OffsetDateTime moment
            when moment.getYear() >= 1901 -> {
                at.value(row, column, moment.toLocalDateTime());
                format(at, column, "yyyy-mm-dd hh:mm:ss");
            }
            case OffsetDateTime moment -> text(at, column, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment));
            default -> text(at, column, cell.toString());
        }
    }

    private void format(Worksheet at, int column, String format) {
        at.style(row, column).format(format).set();
    }

    /** More digits than a spreadsheet keeps would come back as another number. */
    private void number(Worksheet at, int column, BigDecimal number) {
        if (number.stripTrailingZeros().precision() > MOST_DIGITS) {
            text(at, column, number.toPlainString());
        } else {
            at.value(row, column, number);
        }
    }

    private void text(Worksheet at, int column, String text) {
        String whole = text;
        if (text.length() > MOST_CELL_CHARS) {
            altered++;
            whole = text.substring(0, MOST_CELL_CHARS - 1) + "…";
        }
        if (!whole.isEmpty()) {
            at.inlineString(row, column, allowed(whole));
        }
    }

    /** XML has no control characters; the standard writes them as codes. */
    private String allowed(String text) {
        String safe = LIKE_A_CODE.matcher(text).replaceAll("_x005F_");
        if (safe.chars().allMatch(c -> c >= 0x20 && c < 0xD800 || c == '\t' || c == '\n')) {
            return safe;
        }
        StringBuilder written = new StringBuilder();
        safe.codePoints().forEach(c -> {
            if (c < 0x20 && c != '\t' && c != '\n') {
                written.append("_x%04X_".formatted(c));
            } else if (c >= 0xD800 && c <= 0xDFFF || c == 0xFFFE || c == 0xFFFF) {
                altered++;
            } else {
                written.appendCodePoint(c);
            }
        });
        return written.toString();
    }

    @Override
    public long altered() {
        return altered;
    }

    @Override
    public void close() throws IOException {
        if (sheets == 0) {
            next();
        }
        current().finish();
        workbook.finish();
    }
}
