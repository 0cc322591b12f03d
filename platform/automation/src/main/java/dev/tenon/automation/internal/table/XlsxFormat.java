package dev.tenon.automation.internal.table;

import dev.tenon.automation.AutomationError;
import dev.tenon.automation.Imports.FileChoice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Supplier;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;

/** One sheet of a workbook (Office Open XML). */
public record XlsxFormat(int sheet) implements TableFormat {

    public static final String MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    static XlsxFormat detect(Supplier<InputStream> file, FileChoice choice) {
        try (Opened opened = Opened.of(file.get(), true)) {
            List<String> names = opened.sheetNames();
            int chosen = choice.sheet().map(names::indexOf).orElse(0);
            if (chosen < 0 || names.isEmpty()) {
                throw AutomationError.SHEET_UNKNOWN
                        .error()
                        .with("sheet", choice.sheet().orElse(""))
                        .with("known", String.join(", ", names))
                        .build();
            }
            return new XlsxFormat(chosen);
        }
    }

    @Override
    public List<String> sheets(Supplier<InputStream> file) {
        try (Opened opened = Opened.of(file.get(), false)) {
            return opened.sheetNames();
        }
    }

    @Override
    public RowSource read(InputStream file) {
        return Opened.of(file, false).rows(sheet);
    }

    @Override
    public RowSink write(OutputStream to) {
        return new XlsxSink(to);
    }

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    static RuntimeException malformed(Exception fault) {
        return AutomationError.FILE_MALFORMED
                .error()
                .with("reason", String.valueOf(fault.getMessage()))
                .causedBy(fault)
                .build();
    }

    /** A workbook on the disk while it is read: its parts are not in the order in which they are needed. */
    record Opened(Path copy, ReadableWorkbook workbook) implements AutoCloseable {

        private static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, true);

        /** @param checked a file that is seen for the first time; a kept one was looked at then */
        static Opened of(InputStream file, boolean checked) {
            Path copy = null;
            try (file) {
                copy = Files.createTempFile("tenon", ".xlsx");
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                if (checked) {
                    XlsxGuard.check(copy);
                }
                return new Opened(copy, new ReadableWorkbook(copy.toFile(), WITH_FORMATS));
            } catch (IOException | RuntimeException fault) {
                delete(copy);
                throw fault instanceof dev.tenon.sdk.error.PlatformException known ? known : malformed(fault);
            }
        }

        List<String> sheetNames() {
            return workbook.getSheets().map(Sheet::getName).toList();
        }

        RowSource rows(int index) {
            try {
                Sheet sheet = workbook.getSheet(index)
                        .orElseThrow(() -> AutomationError.SHEET_UNKNOWN
                                .error()
                                .with("sheet", index + 1)
                                .with("known", String.join(", ", sheetNames()))
                                .build());
                return new XlsxRows(this, sheet.openStream());
            } catch (IOException | RuntimeException fault) {
                close();
                throw fault instanceof dev.tenon.sdk.error.PlatformException known ? known : malformed(fault);
            }
        }

        private static void delete(@org.jspecify.annotations.Nullable Path copy) {
            if (copy != null) {
                try {
                    Files.deleteIfExists(copy);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public void close() {
            try {
                workbook.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                delete(copy);
            }
        }
    }
}
