package dev.tenon.automation.internal;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.tenon.automation.AutomationError;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** How a CSV file is written: its encoding and its separator, found out by reading it. */
public record CsvFormat(Charset charset, char separator) {

    /** GB18030 contains GBK, which contains GB2312: what Excel writes on a Chinese Windows. */
    private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"));

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

    /** Cells may be long texts, but not files. */
    private static final int MOST_CELL_CHARS = 4 * 1024 * 1024;

    /** @param file opens the file from its beginning each time */
    public static CsvFormat detect(Supplier<InputStream> file) {
        for (Charset charset : CHARSETS) {
            if (decodes(file, charset)) {
                return new CsvFormat(charset, separator(file, charset));
            }
        }
        throw AutomationError.FILE_ENCODING.error().build();
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
                withoutMark(in),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** UTF-8 files may begin with a mark that is no character of the first title. */
    private static InputStream withoutMark(InputStream in) {
        java.io.PushbackInputStream marked = new java.io.PushbackInputStream(in, 3);
        try {
            byte[] first = marked.readNBytes(3);
            boolean mark =
                    first.length == 3 && first[0] == (byte) 0xEF && first[1] == (byte) 0xBB && first[2] == (byte) 0xBF;
            if (!mark) {
                marked.unread(first);
            }
            return new FilterInputStream(marked) {};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The separator that the first line has most of, outside of quotes. */
    private static char separator(Supplier<InputStream> file, Charset charset) {
        try (BufferedReader reader = new BufferedReader(strict(file.get(), charset))) {
            String line = reader.readLine();
            if (line == null) {
                return ',';
            }
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

    /** Records one after the other, the header first; closing it closes the stream. */
    public CsvReader<CsvRecord> read(InputStream in) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(false)
                .maxBufferSize(MOST_CELL_CHARS)
                .ofCsvRecord(strict(in, charset));
    }
}
