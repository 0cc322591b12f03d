package dev.tenon.automation.internal.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/** Rows of one sheet, read as they are asked for. Empty rows are passed over, as in CSV. */
final class XlsxRows implements RowSource {

    private final XlsxFormat.Opened opened;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final CellTexts texts;
    private @Nullable TableRow ahead;

    XlsxRows(XlsxFormat.Opened opened, Stream<Row> stream) {
        this.opened = opened;
        this.stream = stream;
        this.rows = stream.iterator();
        this.texts = new CellTexts(opened.workbook().isDate1904());
    }

    @Override
    public boolean hasNext() {
        try {
            while (ahead == null && rows.hasNext()) {
                TableRow row = row(rows.next());
                ahead = row.isEmpty() ? null : row;
            }
            return ahead != null;
        } catch (dev.tenon.sdk.error.PlatformException known) {
            throw known;
        } catch (RuntimeException fault) {
            throw XlsxFormat.malformed(fault);
        }
    }

    @Override
    public TableRow next() {
        if (!hasNext() || ahead == null) {
            throw new NoSuchElementException();
        }
        TableRow row = ahead;
        ahead = null;
        return row;
    }

    private TableRow row(Row row) {
        List<String> cells = new ArrayList<>(row.getCellCount());
        for (Cell cell : row) {
            cells.add(cell == null ? "" : texts.of(cell));
        }
        while (!cells.isEmpty() && cells.getLast().isEmpty()) {
            cells.removeLast();
        }
        return new TableRow(row.getRowNum(), cells);
    }

    @Override
    public void close() {
        try (stream) {
            opened.close();
        }
    }
}
