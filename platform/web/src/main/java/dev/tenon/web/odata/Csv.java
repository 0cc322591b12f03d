package dev.tenon.web.odata;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes CSV that spreadsheets open as it is meant (RFC 4180), text that looks like a formula included. */
final class Csv {

    private final Writer out;

    Csv(Writer out) throws IOException {
        this.out = out;
        // Without this mark Excel takes UTF-8 for the computer's own encoding, and Chinese is gone.
        out.write('\uFEFF');
    }

    void row(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            cell(cells.get(i));
        }
        out.write("\r\n");
    }

    private void cell(String text) throws IOException {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == ',' || c == '\n' || c == '\r') {
                quoted = true;
                break;
            }
        }
        if (quoted) {
            out.write('"');
            out.write(text.replace("\"", "\"\""));
            out.write('"');
        } else {
            out.write(text);
        }
    }

    /** A person's text that a spreadsheet would compute gets a quote in front, which shows it as text. */
    static String harmless(String text) {
        if (text.isEmpty()) {
            return text;
        }
        return switch (text.charAt(0)) {
            case '=', '+', '-', '@', '\t', '\r' -> "'" + text;
            default -> text;
        };
    }
}
