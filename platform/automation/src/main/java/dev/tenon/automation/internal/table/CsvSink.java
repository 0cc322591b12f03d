package dev.tenon.automation.internal.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.tenon.automation.port.ExportQuery.Percent;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes CSV (RFC 4180). A character that the encoding lacks is written as its code, {@code \}{@code u{1F600}}. */
final class CsvSink implements RowSink {

    private final CsvWriter csv;
    private final CharsetEncoder encoder;
    private long altered;

    CsvSink(OutputStream to, Charset charset, char separator) {
        this.encoder = charset.newEncoder();
        Writer out = new OutputStreamWriter(new Kept(to), charset);
        this.csv = CsvWriter.builder().fieldSeparator(separator).build(out);
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
    public void row(List<? extends @Nullable Object> cells) {
        List<String> texts = new ArrayList<>(cells.size());
        cells.forEach(cell -> texts.add(encodable(text(cell))));
        csv.writeRecord(texts);
    }

    private static String text(@Nullable Object cell) {
        return switch (cell) {
            case null -> "";
            case String text -> FormulaGuard.harmless(text);
            case BigDecimal number -> number.toPlainString();
            case Percent percent -> percent.value().toPlainString();
            case OffsetDateTime moment -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
            default -> cell.toString();
        };
    }

    private String encodable(String text) {
        if (encoder.canEncode(text)) {
            return text;
        }
        StringBuilder written = new StringBuilder();
        text.codePoints().forEach(c -> {
            String one = Character.toString(c);
            if (encoder.canEncode(one)) {
                written.append(one);
            } else {
                altered++;
                written.append("\\u{")
                        .append(Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT))
                        .append('}');
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
        csv.close();
    }
}
