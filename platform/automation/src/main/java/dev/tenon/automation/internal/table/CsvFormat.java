package dev.tenon.automation.internal.table;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.Imports.FileChoice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How a CSV file is written: its encoding and its separator. */
public record CsvFormat(Charset charset, char separator) implements TableFormat {

    /** GB18030 contains GBK, which contains GB2312: what Excel writes on a Chinese Windows. */
    public static final Charset GB18030 = Charset.forName("GB18030");

    /** What a person may choose, by the name that he knows. */
    public static final Map<String, Charset> CHARSETS = Map.of(
            "UTF-8",
            StandardCharsets.UTF_8,
            "GBK",
            GB18030,
            "GB18030",
            GB18030,
            "UTF-16LE",
            StandardCharsets.UTF_16LE,
            "UTF-16BE",
            StandardCharsets.UTF_16BE,
            "BIG5",
            Charset.forName("Big5"),
            "WINDOWS-1252",
            Charset.forName("windows-1252"));

    public static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    /** Bytes that a file may begin with and that are no character of the first title. */
    private static final Map<Charset, byte[]> MARKS = Map.of(
            StandardCharsets.UTF_8, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
            StandardCharsets.UTF_16LE, new byte[] {(byte) 0xFF, (byte) 0xFE},
            StandardCharsets.UTF_16BE, new byte[] {(byte) 0xFE, (byte) 0xFF});

    /** Cells may be long texts, but not files. */
    private static final int MOST_CELL_CHARS = 4 * 1024 * 1024;

    /** The first line is looked at for separators; a file that has no second one shall not be read into memory. */
    private static final int MOST_TITLE_CHARS = 64 * 1024;

    static CsvFormat detect(Supplier<InputStream> file, FileChoice choice) {
        Charset charset = choice.charset()
                .map(name -> chosen(file, name))
                .orElseGet(() -> candidates(file).stream()
                        .filter(c -> decodes(file, c))
                        .findFirst()
                        .orElseThrow(() -> AutomationError.FILE_ENCODING.error().build()));
        return new CsvFormat(charset, choice.separator().orElseGet(() -> separator(file, charset)));
    }

    private static Charset chosen(Supplier<InputStream> file, String name) {
        Charset charset = CHARSETS.get(name.toUpperCase(java.util.Locale.ROOT));
        if (charset == null || !decodes(file, charset)) {
            throw AutomationError.FILE_ENCODING_CHOSEN
                    .error()
                    .with("charset", name)
                    .build();
        }
        return charset;
    }

    /** A mark decides; without one a file that is UTF-8 from end to end is UTF-8. */
    private static List<Charset> candidates(Supplier<InputStream> file) {
        try (InputStream in = file.get()) {
            byte[] head = in.readNBytes(3);
            return MARKS.entrySet().stream()
                    .filter(e -> begins(head, e.getValue()))
                    .map(e -> List.of(e.getKey()))
                    .findFirst()
                    .orElse(List.of(StandardCharsets.UTF_8, GB18030));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean begins(byte[] head, byte[] mark) {
        return head.length >= mark.length && Arrays.equals(head, 0, mark.length, mark, 0, mark.length);
    }

    private static boolean decodes(Supplier<InputStream> file, Charset charset) {
        char[] buffer = new char[16 * 1024];
        try (Reader reader = strict(file.get(), charset)) {
            while (reader.read(buffer) >= 0) {
                continue;
            }
            return true;
        } catch (CharacterCodingException notThisOne) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader strict(InputStream in, Charset charset) {
        return new InputStreamReader(
                withoutMark(in, charset),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static InputStream withoutMark(InputStream in, Charset charset) {
        byte[] mark = MARKS.get(charset);
        if (mark == null) {
            return in;
        }
        PushbackInputStream marked = new PushbackInputStream(in, mark.length);
        try {
            byte[] first = marked.readNBytes(mark.length);
            if (!Arrays.equals(first, mark)) {
                marked.unread(first);
            }
            return marked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The separator that the first line has most of, outside of quotes. */
    private static char separator(Supplier<InputStream> file, Charset charset) {
        try (BufferedReader reader = new BufferedReader(strict(file.get(), charset))) {
            char[] head = new char[MOST_TITLE_CHARS];
            int read = reader.read(head);
            String line = read <= 0
                    ? ""
                    : new String(head, 0, read).lines().findFirst().orElse("");
            String bare = line.replaceAll("\"[^\"]*\"", "");
            char best = ',';
            for (char candidate : SEPARATORS) {
                if (count(bare, candidate) > count(bare, best)) {
                    best = candidate;
                }
            }
            return best;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    @Override
    public String mediaType() {
        return "text/csv;charset=" + (charset.equals(GB18030) ? "gbk" : charset.name());
    }

    @Override
    public RowSink write(OutputStream to) throws IOException {
        byte[] mark = MARKS.get(charset);
        if (mark != null) {
            // Excel takes a file for Unicode only with it.
            to.write(mark);
        }
        return new CsvSink(to, charset, separator);
    }

    @Override
    public RowSource read(InputStream in) {
        CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(false)
                .maxBufferSize(MOST_CELL_CHARS)
                .ofCsvRecord(strict(in, charset));
        return new Rows(reader.iterator());
    }

    private record Rows(CloseableIterator<CsvRecord> records) implements RowSource {
        @Override
        public boolean hasNext() {
            try {
                return records.hasNext();
            } catch (CsvParseException malformed) {
                throw malformed(malformed);
            }
        }

        @Override
        public TableRow next() {
            try {
                CsvRecord found = records.next();
                return new TableRow(
                        found.getStartingLineNumber(),
                        found.getFields().stream().map(FormulaGuard::plain).toList());
            } catch (CsvParseException malformed) {
                throw malformed(malformed);
            }
        }

        private static RuntimeException malformed(CsvParseException fault) {
            return AutomationError.FILE_MALFORMED
                    .error()
                    .with("reason", String.valueOf(fault.getMessage()))
                    .causedBy(fault)
                    .build();
        }

        @Override
        public void close() {
            try {
                records.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
