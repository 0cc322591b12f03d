package dev.tenon.automation.internal.table;

import java.util.List;

/**
 * One row of a table file.
 *
 * @param line in the file, 1-based, where the row begins
 * @param cells as a person would read them; empty text for an empty cell
 */
public record TableRow(long line, List<String> cells) {
    public TableRow {
        cells = List.copyOf(cells);
    }

    /** The text of a column, empty where the row is shorter. */
    public String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    boolean isEmpty() {
        return cells.stream().allMatch(String::isBlank);
    }
}
