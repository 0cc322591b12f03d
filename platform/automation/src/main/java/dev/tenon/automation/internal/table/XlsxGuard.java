package dev.tenon.automation.internal.table;

import dev.tenon.automation.AutomationError;
import dev.tenon.sdk.error.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Refuses workbooks that are small to send and large to read. A reader holds the shared texts and one row, so both are
 * bounded by what they unpack to; the sheets together are bounded by what a person could mean.
 */
final class XlsxGuard {

    private static final int MOST_PARTS = 5_000;

    /** A million rows of twenty cells. */
    static final long MOST_SHEET_BYTES = 2L * 1024 * 1024 * 1024;

    /** The reader keeps them in memory: a million names, twice. */
    static final long MOST_TEXT_BYTES = 64L * 1024 * 1024;

    private static final long MOST_OTHER_BYTES = 16L * 1024 * 1024;

    /** Many times what a person reads; a cell of the standard has at most 32,767 characters. */
    private static final long MOST_ROW_BYTES = 8L * 1024 * 1024;

    private static final int MOST_TAG_BYTES = 1_024;

    private final byte[] tag = new byte[MOST_TAG_BYTES];
    private int tagLength = -1;
    private long sinceRow;

    private XlsxGuard() {}

    static void check(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> parts = Collections.list(zip.entries());
            if (parts.size() > MOST_PARTS) {
                throw unsafe("parts", MOST_PARTS);
            }
            long sheets = 0;
            for (ZipEntry part : parts) {
                String name = part.getName().toLowerCase(Locale.ROOT);
                if (name.endsWith(".xml") || name.endsWith(".rels")) {
                    boolean sheet = name.contains("worksheets/") && name.endsWith(".xml");
                    long most = sheet
                            ? MOST_SHEET_BYTES - sheets
                            : name.contains("sharedstrings") ? MOST_TEXT_BYTES : MOST_OTHER_BYTES;
                    try (InputStream content = zip.getInputStream(part)) {
                        long size = new XlsxGuard().scan(content, sheet, most);
                        sheets += sheet ? size : 0;
                    }
                }
            }
        }
    }

    private static PlatformException unsafe(String what, long limit) {
        return AutomationError.FILE_UNSAFE
                .error()
                .with("what", what)
                .with("limit", limit)
                .build();
    }

    /** Reads a part without keeping it; what it says of its own size is not believed. */
    private long scan(InputStream content, boolean sheet, long most) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            size += read;
            if (size > most) {
                throw unsafe("bytes", most);
            }
            for (int i = 0; i < read; i++) {
                step(buffer[i], sheet);
            }
        }
        return size;
    }

    private void step(byte next, boolean sheet) {
        if (sheet && ++sinceRow > MOST_ROW_BYTES) {
            throw unsafe("row", MOST_ROW_BYTES);
        }
        if (next == '<') {
            tagLength = 0;
        } else if (tagLength >= 0) {
            if (next == '>') {
                tag();
                tagLength = -1;
            } else if (tagLength < MOST_TAG_BYTES) {
                tag[tagLength++] = next;
                if (tagLength == 1 && next == '!') {
                    // Neither entities nor raw text, in which anything could look like a tag.
                    throw unsafe("markup", 0);
                }
            } else if (named("c") || named("row")) {
                throw unsafe("tag", MOST_TAG_BYTES);
            }
        }
    }

    /** In every part: which one is a sheet is for the workbook to say, not for its name. */
    private void tag() {
        if (named("row")) {
            sinceRow = 0;
        } else if (named("c")) {
            column(new String(tag, 0, tagLength, StandardCharsets.ISO_8859_1));
        }
    }

    /** Whether the tag's name is this one, with or without a prefix. */
    private boolean named(String name) {
        int end = 0;
        int start = 0;
        while (end < tagLength && tag[end] > ' ' && tag[end] != '/') {
            start = tag[end] == ':' ? end + 1 : start;
            end++;
        }
        if (end - start != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (tag[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A row is as long as its last cell's column says: three letters go beyond every real sheet already. */
    private static void column(String cell) {
        int at = cell.indexOf("r=");
        while (at > 0 && cell.charAt(at - 1) > ' ') {
            at = cell.indexOf("r=", at + 1);
        }
        int letters = 0;
        for (int i = at + 3; at >= 0 && i < cell.length() && Character.isLetter(cell.charAt(i)); i++) {
            letters++;
        }
        if (letters > 3) {
            throw unsafe("columns", 16_384);
        }
    }
}
