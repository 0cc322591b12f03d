package dev.tenon.automation.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.automation.Imports.FileChoice;
import dev.tenon.automation.port.ExportQuery.Percent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;

class XlsxFormatTest {

    private interface Filling {
        void fill(RowSink sink) throws IOException;
    }

    private static byte[] written(Filling filling) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RowSink sink = new XlsxFormat(0).write(bytes)) {
            filling.fill(sink);
        }
        return bytes.toByteArray();
    }

    private static Supplier<InputStream> file(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    private static List<TableRow> read(byte[] bytes) {
        TableFormat format = TableFormat.detect(file(bytes), FileChoice.NONE);
        assertThat(format).isInstanceOf(XlsxFormat.class);
        return rows(format, bytes);
    }

    private static List<TableRow> rows(TableFormat format, byte[] bytes) {
        List<TableRow> rows = new ArrayList<>();
        try (RowSource source = format.read(new ByteArrayInputStream(bytes))) {
            source.forEachRemaining(rows::add);
        }
        return rows;
    }

    @Test
    void typedCellsComeBackAsAPersonReadsThem() throws IOException {
        byte[] bytes = written(sink -> {
            sink.row(List.of("a", "b", "c", "d", "e", "f", "g", "h"));
            sink.row(Arrays.asList(
                    new BigDecimal("12.50"),
                    7L,
                    LocalDate.of(2026, 1, 31),
                    OffsetDateTime.of(2026, 1, 31, 8, 5, 9, 0, ZoneOffset.ofHours(8)),
                    true,
                    new Percent(new BigDecimal("12.5")),
                    null,
                    new BigDecimal("1234567890123456.78")));
        });
        assertThat(read(bytes).getLast())
                .isEqualTo(new TableRow(
                        2,
                        List.of(
                                "12.5",
                                "7",
                                "2026-01-31",
                                "2026-01-31 08:05:09",
                                "true",
                                "12.5%",
                                "",
                                "1234567890123456.78")));
        String sheet = part(bytes, "xl/worksheets/sheet1.xml");
        assertThat(sheet).contains("<v>12.50</v>").contains("inlineStr").doesNotContain("<f>");
    }

    @Test
    void textIsNeverAFormulaAndComesBackAsItWas() throws IOException {
        List<String> texts = List.of(
                "=1+1",
                "+49",
                "-x",
                "@me",
                "\tx",
                "\rx",
                "'=1",
                "_x0041_",
                "\u0001",
                " spaces ",
                "好😀",
                "<&>",
                "a\r\nb");
        byte[] bytes = written(sink -> {
            sink.row(List.of("t"));
            for (String text : texts) {
                sink.row(List.of(text));
            }
        });
        assertThat(read(bytes).stream().skip(1).map(row -> row.cell(0))).containsExactlyElementsOf(texts);
        assertThat(part(bytes, "xl/worksheets/sheet1.xml")).doesNotContain("<f>");
    }

    @Test
    void rowsBeyondASheetGoOnInTheNextOneUnderTheSameTitles() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RowSink sink = new XlsxSink(bytes, 3)) {
            sink.row(List.of("n"));
            for (long i = 1; i <= 5; i++) {
                sink.row(List.of(i));
            }
        }
        XlsxFormat first = XlsxFormat.detect(file(bytes.toByteArray()), FileChoice.NONE);
        assertThat(first.sheets(file(bytes.toByteArray()))).containsExactly("Data", "Data 2", "Data 3");
        FileChoice second = new FileChoice(Optional.empty(), Optional.empty(), Optional.of("Data 2"));
        XlsxFormat chosen = XlsxFormat.detect(file(bytes.toByteArray()), second);
        assertThat(rows(chosen, bytes.toByteArray()).stream().map(row -> row.cell(0)))
                .containsExactly("n", "3", "4");
        FileChoice none = new FileChoice(Optional.empty(), Optional.empty(), Optional.of("Other"));
        assertThatThrownBy(() -> XlsxFormat.detect(file(bytes.toByteArray()), none))
                .hasMessageContaining("automation.sheet-unknown");
    }

    @Test
    void formulasGiveTheirValuesAndEmptyRowsArePassedOver() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("One");
            sheet.value(0, 0, "shared");
            sheet.value(2, 1, 0.1 + 0.2);
            sheet.value(2, 2, 0.25);
            sheet.style(2, 2).format("[h]:mm:ss").set();
            sheet.value(2, 3, "shared");
        }
        List<TableRow> rows = read(bytes.toByteArray());
        assertThat(rows)
                .containsExactly(
                        new TableRow(1, List.of("shared")), new TableRow(3, List.of("", "0.3", "06:00:00", "shared")));
        byte[] formula = changed(bytes.toByteArray(), "<v>0.25</v>", "<f>1/2</f><v>0.5</v>");
        assertThat(read(formula).getLast().cell(2)).isEqualTo("12:00:00");
    }

    @Test
    void whatWouldTakeTooMuchToReadIsRefused() throws IOException {
        byte[] good = written(sink -> {
            sink.row(List.of("a"));
            sink.row(List.of("x"));
        });
        for (List<String> bad : List.of(
                List.of("A2", "ZZZZZZ2"),
                List.of("<sheetData>", "<!DOCTYPE a><sheetData>"),
                List.of("<t>x</t>", "<t><![CDATA[x]]></t>"),
                List.of("<t>x</t>", "<t>" + "x".repeat(9_000_000) + "</t>"))) {
            byte[] changed = changed(good, bad.getFirst(), bad.getLast());
            assertThatThrownBy(() -> TableFormat.detect(file(changed), FileChoice.NONE))
                    .as(bad.getFirst())
                    .hasMessageContaining("automation.file-unsafe");
        }
        byte[] torn = Arrays.copyOf(good, good.length / 2);
        assertThatThrownBy(() -> TableFormat.detect(file(torn), FileChoice.NONE))
                .hasMessageContaining("automation.file-malformed");
        byte[] unclosed = changed(good, "</sheetData>", "");
        assertThatThrownBy(() -> read(unclosed)).hasMessageContaining("automation.file-malformed");
        byte[] old = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0};
        assertThatThrownBy(() -> TableFormat.detect(file(old), FileChoice.NONE))
                .hasMessageContaining("automation.file-old-excel");
    }

    @Test
    void aBombOfSharedTextsIsRefusedBeforeItIsUnpackedIntoMemory() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            byte[] block = "<si><t>x</t></si>".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
            for (long size = 0; size <= XlsxGuard.MOST_TEXT_BYTES; size += block.length) {
                zip.write(block);
            }
        }
        assertThat(bytes.size()).isLessThan(1_000_000);
        assertThatThrownBy(() -> TableFormat.detect(file(bytes.toByteArray()), FileChoice.NONE))
                .hasMessageContaining("automation.file-unsafe");
    }

    /** A million rows would not fit into what the test keeps; here rows come one at a time from an endless writer. */
    @Test
    void neitherReadingNorWritingHoldsTheRows() throws IOException {
        int rows = 20_000;
        String text = "x".repeat(2_000);
        long[] most = {0};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RowSink sink = new XlsxFormat(0).write(counting(bytes, most))) {
            sink.row(List.of("t"));
            for (int i = 0; i < rows; i++) {
                sink.row(List.of(text));
                if (i == rows / 2) {
                    assertThat(most[0]).as("written while rows still come").isPositive();
                }
            }
        }
        byte[] file = bytes.toByteArray();
        long before = used();
        long read = 0;
        try (RowSource source = new XlsxFormat(0).read(new ByteArrayInputStream(file))) {
            while (source.hasNext()) {
                source.next();
                if (++read == rows) {
                    assertThat(used() - before).as("40 MB of text are not held").isLessThan(20_000_000);
                }
            }
        }
        assertThat(read).isEqualTo(rows + 1L);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static OutputStream counting(OutputStream to, long[] count) {
        return new java.io.FilterOutputStream(to) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                count[0] += length;
                out.write(bytes, from, length);
            }
        };
    }

    private static String part(byte[] workbook, String name) throws IOException {
        return new String(parts(workbook).getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> parts(byte[] workbook) throws IOException {
        Path copy = Files.createTempFile("tenon", ".xlsx");
        Files.write(copy, workbook);
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(copy.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        } finally {
            Files.delete(copy);
        }
        return parts;
    }

    /** The same workbook with another text in its sheet. */
    private static byte[] changed(byte[] workbook, String what, String with) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : parts(workbook).entrySet()) {
                byte[] content = part.getValue();
                if (part.getKey().contains("worksheets/")) {
                    String text = new String(content, StandardCharsets.UTF_8);
                    assertThat(text).contains(what);
                    content = text.replace(what, with).getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(part.getKey()));
                out.write(content);
            }
        }
        return bytes.toByteArray();
    }
}
