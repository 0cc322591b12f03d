package dev.tenon.samples.offerletter;

import java.io.IOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.font.PDFont;

/** Breaks text into lines: Latin at spaces, Chinese between characters but not before its closing punctuation. */
final class Wrapping {

    private static final String REPLACEMENT = "□";

    private final PDFont face;

    Wrapping(PDFont face) {
        this.face = face;
    }

    static float width(PDFont face, String text, float size) throws IOException {
        return face.getStringWidth(text) / 1000 * size;
    }

    List<String> wrap(String text, float size, float width) throws IOException {
        String printable = printable(text);
        BreakIterator breaks = BreakIterator.getLineInstance(Locale.SIMPLIFIED_CHINESE);
        breaks.setText(printable);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            String piece = printable.substring(start, end);
            if (!line.isEmpty() && width(face, line + piece.stripTrailing(), size) > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            // A word that is wider than the page is cut: an e-mail address must not run out of the paper.
            for (int i = 0; i < piece.length(); ) {
                int next = i + Character.charCount(piece.codePointAt(i));
                if (!line.isEmpty()
                        && width(face, line + piece.substring(i, next).stripTrailing(), size) > width) {
                    lines.add(line.toString().stripTrailing());
                    line.setLength(0);
                }
                line.append(piece, i, next);
                i = next;
            }
        }
        if (!line.isEmpty()) {
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** Replaces what the font has no glyph for, so that a rare character in a name does not prevent the letter. */
    private String printable(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                out.append(point == '\t' ? "    " : "");
            } else {
                String character = Character.toString(point);
                out.append(hasGlyph(character) ? character : REPLACEMENT);
            }
        });
        return out.toString();
    }

    private boolean hasGlyph(String character) {
        try {
            face.encode(character);
            return true;
        } catch (IOException | IllegalArgumentException noGlyph) {
            return false;
        }
    }
}
