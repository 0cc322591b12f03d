package dev.tenon.automation.internal;

import dev.tenon.automation.AutomationError;
import dev.tenon.automation.ImportPreview;
import dev.tenon.automation.ImportPreview.Column;
import dev.tenon.automation.ImportStatus.RowError;
import dev.tenon.automation.Imports.Request;
import dev.tenon.automation.internal.RowReading.CellFault;
import dev.tenon.automation.internal.RowReading.Read;
import dev.tenon.automation.internal.table.CsvFormat;
import dev.tenon.automation.internal.table.RowSource;
import dev.tenon.automation.internal.table.TableFormat;
import dev.tenon.automation.internal.table.TableRow;
import dev.tenon.automation.internal.table.XlsxFormat;
import dev.tenon.records.RecordSession;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorTexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at a file that is not imported yet. */
final class PreviewReading {

    private final RecordSession session;
    private final Request request;
    private final Locale locale;

    PreviewReading(RecordSession session, Request request) {
        this.session = session;
        this.request = request;
        this.locale = session.identity().user().locale();
    }

    /** The file is needed several times, so it is on the disk meanwhile. */
    ImportPreview read(InputStream file, long mostBytes) {
        session.access(request.object());
        try {
            Path copy = Files.createTempFile("tenon", ".preview");
            try {
                copy(file, copy, mostBytes);
                return read(copy);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(InputStream file, Path to, long mostBytes) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int read = file.read(buffer); read >= 0; read = file.read(buffer)) {
                size += read;
                if (size > mostBytes) {
                    throw AutomationError.FILE_UNSAFE
                            .error()
                            .with("what", "bytes")
                            .with("limit", mostBytes)
                            .build();
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImportPreview read(Path file) {
        TableFormat format = TableFormat.detect(() -> open(file), request.file());
        List<String> titles;
        List<TableRow> rows = new ArrayList<>();
        try (RowSource source = format.read(open(file))) {
            if (!source.hasNext()) {
                throw AutomationError.FILE_EMPTY.error().build();
            }
            titles = source.next().cells().stream().map(String::strip).toList();
            while (rows.size() < ImportPreview.CHECKED_ROWS && source.hasNext()) {
                rows.add(source.next());
            }
        }
        ColumnMatching matching =
                new ColumnMatching(session, request.object(), request.mapping(), request.keyField(), request.mode());
        List<String> fields = matching.propose(titles);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            int at = i;
            columns.add(new Column(
                    titles.get(i),
                    CellTypes.of(rows.stream().map(row -> row.cell(at)).toList()),
                    fields.get(i)));
        }
        List<String> sheets = format.sheets(() -> open(file));
        Optional<CsvFormat> csv = format instanceof CsvFormat found ? Optional.of(found) : Optional.empty();
        return new ImportPreview(
                csv.isPresent() ? "CSV" : "XLSX",
                csv.map(f -> f.charset().equals(CsvFormat.GB18030)
                        ? "GBK"
                        : f.charset().name()),
                csv.map(CsvFormat::separator),
                sheets,
                format instanceof XlsxFormat workbook ? Optional.of(sheets.get(workbook.sheet())) : Optional.empty(),
                columns,
                rows.stream()
                        .limit(ImportPreview.SHOWN_ROWS)
                        .map(row -> padded(row, titles.size()))
                        .toList(),
                matching.problems().stream().map(this::problem).toList(),
                errors(titles, fields, rows));
    }

    private static List<String> padded(TableRow row, int width) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            String cell = row.cell(i);
            cells.add(cell.length() > 200 ? cell.substring(0, 200) + "…" : cell);
        }
        return cells;
    }

    private RowError problem(ErrorDetail detail) {
        Object column = detail.args().getOrDefault("column", "");
        return new RowError(
                1, String.valueOf(column), detail.code().id(), ErrorTexts.render(detail.code(), detail.args(), locale));
    }

    private List<RowError> errors(List<String> titles, List<String> fields, List<TableRow> rows) {
        RowReading reading = new RowReading(session, session.model().requireObject(request.object()), fields);
        List<RowError> errors = new ArrayList<>();
        for (Read row : reading.read(rows)) {
            for (CellFault cell : row.faults()) {
                int at = cell.field().isEmpty() ? -1 : fields.indexOf(cell.field());
                for (RowError error : Faults.of(row.line(), cell.fault(), locale, name -> name)) {
                    errors.add(new RowError(error.line(), at < 0 ? "" : titles.get(at), error.code(), error.message()));
                }
            }
        }
        return errors.stream()
                .limit(dev.tenon.automation.ImportStatus.SHOWN_ERRORS)
                .toList();
    }
}
