package dev.tenon.automation;

import dev.tenon.automation.ImportStatus.RowError;
import java.util.List;
import java.util.Optional;

/**
 * How a file would be imported.
 *
 * @param format {@code CSV} or {@code XLSX}
 * @param charset of CSV, as found out or chosen
 * @param separator of CSV
 * @param sheets names of a workbook's sheets
 * @param sheet the one that is read
 * @param rows the first {@value #SHOWN_ROWS} rows behind the titles
 * @param problems what stands against a start; {@code line} is 1, {@code column} the title
 * @param errors what is wrong with cells of the first {@value #CHECKED_ROWS} rows; it hinders no start
 */
public record ImportPreview(
        String format,
        Optional<String> charset,
        Optional<Character> separator,
        List<String> sheets,
        Optional<String> sheet,
        List<Column> columns,
        List<List<String>> rows,
        List<RowError> problems,
        List<RowError> errors) {

    public static final int SHOWN_ROWS = 20;
    public static final int CHECKED_ROWS = 200;

    public ImportPreview {
        sheets = List.copyOf(sheets);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
        errors = List.copyOf(errors);
    }

    /**
     * @param type what the first rows' cells look like
     * @param field empty text for a column that would be left out
     */
    public record Column(String title, CellType type, String field) {}

    /** What all filled cells of a column can be read as. */
    public enum CellType {
        EMPTY,
        BOOLEAN,
        INTEGER,
        DECIMAL,
        DATE,
        DATE_TIME,
        TEXT
    }
}
