package dev.tenon.automation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CsvFormatTest {

    private static Supplier<InputStream> file(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    private static List<CsvRecord> read(byte[] bytes) {
        Supplier<InputStream> file = file(bytes);
        return CsvFormat.detect(file).read(file.get()).stream().toList();
    }

    @Test
    void utf8IsReadWithAndWithoutItsMark() {
        for (String mark : List.of("", "\uFEFF")) {
            List<CsvRecord> rows = read((mark + "名称,城市\n甲,乙\n").getBytes(StandardCharsets.UTF_8));
            assertThat(rows.getFirst().getFields()).containsExactly("名称", "城市");
            assertThat(rows.getLast().getFields()).containsExactly("甲", "乙");
        }
    }

    @Test
    void gbkIsTakenWhereTheFileIsNoUtf8() {
        byte[] gbk = "名称,城市\n".getBytes(Charset.forName("GBK"));
        assertThat(CsvFormat.detect(file(gbk)).charset()).isEqualTo(Charset.forName("GB18030"));
        assertThat(read(gbk).getFirst().getFields()).containsExactly("名称", "城市");
    }

    @Test
    void bytesThatAreNeitherAreRefused() {
        assertThatThrownBy(() -> CsvFormat.detect(file(new byte[] {'a', (byte) 0xFF, (byte) 0xFF})))
                .hasMessageContaining("automation.file-encoding");
    }

    @Test
    void theSeparatorIsWhatTheFirstLineHasMostOf() {
        assertThat(CsvFormat.detect(file("a;b;\"c,d,e,f\"\n".getBytes(StandardCharsets.UTF_8)))
                        .separator())
                .isEqualTo(';');
        assertThat(CsvFormat.detect(file("a\tb\n".getBytes(StandardCharsets.UTF_8)))
                        .separator())
                .isEqualTo('\t');
        assertThat(CsvFormat.detect(file("only\n".getBytes(StandardCharsets.UTF_8)))
                        .separator())
                .isEqualTo(',');
    }

    @Test
    void linesCountAlsoInsideOfQuotesAndOverEmptyLines() {
        List<CsvRecord> rows = read("a,b\n\"x\ny\",1\n\nz,2\n".getBytes(StandardCharsets.UTF_8));
        assertThat(rows.stream().map(CsvRecord::getStartingLineNumber)).containsExactly(1L, 2L, 5L);
    }

    @Test
    void aQuoteThatIsNeverClosedIsAFault() {
        assertThatThrownBy(() -> read("a,b\n\"x,1\nz,2\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("quote");
    }
}
