package dev.tenon.automation.internal.table;

import dev.tenon.automation.AutomationError;
import dev.tenon.automation.Imports.FileChoice;
import dev.tenon.automation.port.ImportStore.FileForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Supplier;

/** How a table file is written. */
public sealed interface TableFormat permits CsvFormat, XlsxFormat {

    /** Rows of the file, the titles first; closing the source closes the stream. */
    RowSource read(InputStream file);

    RowSink write(OutputStream to) throws IOException;

    /** What browsers call it. */
    String mediaType();

    static TableFormat of(FileForm form) {
        return form.workbook()
                ? new XlsxFormat(form.sheet())
                : new CsvFormat(Charset.forName(form.charset()), form.separator());
    }

    default FileForm form() {
        return switch (this) {
            case CsvFormat csv -> new FileForm(false, csv.charset().name(), csv.separator(), 0);
            case XlsxFormat workbook -> new FileForm(true, "UTF-8", ',', workbook.sheet());
        };
    }

    /**
     * Finds out by reading the whole file, and refuses what cannot be read to its end or would take too much to read.
     *
     * @param file opens the file from its beginning each time
     */
    static TableFormat detect(Supplier<InputStream> file, FileChoice choice) {
        byte[] head = head(file);
        if (head.length == 0) {
            throw AutomationError.FILE_EMPTY.error().build();
        }
        if (startsWith(head, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw AutomationError.FILE_OLD_EXCEL.error().build();
        }
        return startsWith(head, 'P', 'K', 3, 4) ? XlsxFormat.detect(file, choice) : CsvFormat.detect(file, choice);
    }

    /** The names of a workbook's sheets; none for other files. */
    default List<String> sheets(Supplier<InputStream> file) {
        return List.of();
    }

    private static byte[] head(Supplier<InputStream> file) {
        try (InputStream in = file.get()) {
            return in.readNBytes(4);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= head.length || head[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
