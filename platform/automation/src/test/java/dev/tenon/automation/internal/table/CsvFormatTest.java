package dev.tenon.automation.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.automation.Imports.FileChoice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CsvFormatTest {

    private static Supplier<InputStream> file(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    private static List<TableRow> read(byte[] bytes) {
        Supplier<InputStream> file = file(bytes);
        return rows(CsvFormat.detect(file, FileChoice.NONE).read(file.get()));
    }

    private static List<TableRow> rows(RowSource source) {
        List<TableRow> rows = new ArrayList<>();
        try (source) {
            source.forEachRemaining(rows::add);
        }
        return rows;
    }

    @Test
    void utf8IsReadWithAndWithoutItsMark() {
        for (String mark : List.of("", "\uFEFF")) {
            List<TableRow> rows = read((mark + "名称,城市\n甲,乙\n").getBytes(StandardCharsets.UTF_8));
            assertThat(rows.getFirst().cells()).containsExactly("名称", "城市");
            assertThat(rows.getLast().cells()).containsExactly("甲", "乙");
        }
    }

    @Test
    void gbkIsTakenWhereTheFileIsNoUtf8() {
        byte[] gbk = "名称,城市\n".getBytes(Charset.forName("GBK"));
        assertThat(CsvFormat.detect(file(gbk), FileChoice.NONE).charset()).isEqualTo(Charset.forName("GB18030"));
        assertThat(read(gbk).getFirst().cells()).containsExactly("名称", "城市");
    }

    @Test
    void bytesThatAreNeitherAreRefused() {
        assertThatThrownBy(() -> CsvFormat.detect(file(new byte[] {'a', (byte) 0xFF, (byte) 0xFF}), FileChoice.NONE))
                .hasMessageContaining("automation.file-encoding");
    }

    @Test
    void theSeparatorIsWhatTheFirstLineHasMostOf() {
        assertThat(CsvFormat.detect(file("a;b;\"c,d,e,f\"\n".getBytes(StandardCharsets.UTF_8)), FileChoice.NONE)
                        .separator())
                .isEqualTo(';');
        assertThat(CsvFormat.detect(file("a\tb\n".getBytes(StandardCharsets.UTF_8)), FileChoice.NONE)
                        .separator())
                .isEqualTo('\t');
        assertThat(CsvFormat.detect(file("only\n".getBytes(StandardCharsets.UTF_8)), FileChoice.NONE)
                        .separator())
                .isEqualTo(',');
    }

    @Test
    void linesCountAlsoInsideOfQuotesAndOverEmptyLines() {
        List<TableRow> rows = read("a,b\n\"x\ny\",1\n\nz,2\n".getBytes(StandardCharsets.UTF_8));
        assertThat(rows.stream().map(TableRow::line)).containsExactly(1L, 2L, 5L);
    }

    @Test
    void aQuoteThatIsNeverClosedIsAFault() {
        assertThatThrownBy(() -> read("a,b\n\"x,1\nz,2\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("quote");
    }

    @Test
    void utf16IsReadByItsMarkAndOtherEncodingsWhereTheyAreChosen() {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            List<TableRow> rows = read("\uFEFF名称,城市\n甲,乙\n".getBytes(charset));
            assertThat(rows.getFirst().cells()).containsExactly("名称", "城市");
        }
        byte[] big5 = "名稱;城市\n".getBytes(Charset.forName("Big5"));
        FileChoice chosen = new FileChoice(Optional.of("big5"), Optional.of(';'), Optional.empty());
        CsvFormat format = CsvFormat.detect(file(big5), chosen);
        assertThat(rows(format.read(new ByteArrayInputStream(big5))).getFirst().cells())
                .containsExactly("名稱", "城市");
        FileChoice wrong = new FileChoice(Optional.of("UTF-8"), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> CsvFormat.detect(file(big5), wrong))
                .hasMessageContaining("automation.file-encoding-chosen");
    }

    @Test
    void textThatASpreadsheetWouldComputeGoesOutHarmlessAndComesBackAsItWas() throws IOException {
        List<String> dangerous = List.of(
                "=1+1",
                "+49 30",
                "-x",
                "@me",
                "\tx",
                "\rx",
                "'=1",
                "''@",
                "'quoted'",
                "plain",
                "a\"b,c\nd",
                "-5",
                "\n=1",
                "\uFF1D1+1",
                "\uFF20me");
        for (Charset charset : List.of(StandardCharsets.UTF_8, CsvFormat.GB18030)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (RowSink sink = new CsvFormat(charset, ',').write(bytes)) {
                dangerous.forEach(text -> write(sink, text));
            }
            // A line break behind the mark belongs to the cell.
            assertThat(bytes.toString(charset).replace("'\n", "'").lines())
                    .noneMatch(line -> line.matches("^\uFEFF?\"?[=+\\-@\t\r].*"));
            assertThat(read(bytes.toByteArray()).stream().map(row -> row.cell(0)))
                    .containsExactlyElementsOf(dangerous);
        }
    }

    private static void write(RowSink sink, String text) {
        try {
            sink.row(List.of(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatAnEncodingLacksIsWrittenAsItsCodeAndCounted() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Charset gbk = Charset.forName("GBK");
        try (RowSink sink = new CsvFormat(gbk, ',').write(bytes)) {
            sink.row(List.of("好😀", new BigDecimal("1E+3"), true));
            assertThat(sink.altered()).isEqualTo(1);
        }
        assertThat(bytes.toString(gbk)).isEqualTo("好\\u{1F600},1000,true\r\n");
    }
}
