package dev.tenon.samples.offerletter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Sets a letter on A4 pages. The font covers Latin and Chinese; only the glyphs that are used get into the file. */
final class LetterPdf {

    private static final String FONT = "/fonts/NotoSansSC-Regular.ttf";
    private static final float MARGIN = 72;
    private static final float BODY_SIZE = 11;
    private static final float HEADING_SIZE = 20;
    private static final float FOOTER_SIZE = 8;
    private static final float LEADING = 1.65f;
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;

    /** A line with its size; an empty one is the space between paragraphs. */
    private record Line(String text, float size, boolean centered) {}

    byte[] render(String text, Locale language) {
        try (PDDocument document = new PDDocument();
                InputStream font = LetterPdf.class.getResourceAsStream(FONT)) {
            if (font == null) {
                throw new IllegalStateException("the jar was built without its font " + FONT);
            }
            document.getDocumentInformation().setTitle(title(text));
            document.getDocumentCatalog().setLanguage(language.toLanguageTag());
            PDFont face = PDType0Font.load(document, font, true);
            set(document, face, lines(text, new Wrapping(face)));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException broken) {
            throw new UncheckedIOException("the letter could not be written", broken);
        }
    }

    private static String title(String text) {
        return text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+\\s*", ""))
                .findFirst()
                .orElse("");
    }

    private static List<Line> lines(String text, Wrapping wrapping) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String paragraph : text.strip().split("\\R", -1)) {
            if (paragraph.isBlank()) {
                lines.add(new Line("", BODY_SIZE * 0.6f, false));
            } else if (paragraph.startsWith("#")) {
                String heading = paragraph.replaceFirst("^#+\\s*", "");
                for (String line : wrapping.wrap(heading, HEADING_SIZE, WIDTH)) {
                    lines.add(new Line(line, HEADING_SIZE, true));
                }
                lines.add(new Line("", BODY_SIZE, false));
            } else {
                for (String line : wrapping.wrap(paragraph.strip(), BODY_SIZE, WIDTH)) {
                    lines.add(new Line(line, BODY_SIZE, false));
                }
            }
        }
        return lines;
    }

    private static void set(PDDocument document, PDFont face, List<Line> lines) throws IOException {
        float bottom = MARGIN;
        float y = PDRectangle.A4.getHeight() - MARGIN;
        PDPageContentStream page = newPage(document);
        try {
            for (Line line : lines) {
                float height = line.size() * LEADING;
                if (y - height < bottom) {
                    page.close();
                    page = newPage(document);
                    y = PDRectangle.A4.getHeight() - MARGIN;
                }
                y -= height;
                if (!line.text().isEmpty()) {
                    float width = Wrapping.width(face, line.text(), line.size());
                    show(page, face, line.text(), line.size(), MARGIN + (line.centered() ? (WIDTH - width) / 2 : 0), y);
                }
            }
        } finally {
            page.close();
        }
        number(document, face);
    }

    private static PDPageContentStream newPage(PDDocument document) throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        return new PDPageContentStream(document, page);
    }

    private static void show(PDPageContentStream page, PDFont face, String text, float size, float x, float y)
            throws IOException {
        page.beginText();
        page.setFont(face, size);
        page.newLineAtOffset(x, y);
        page.showText(text);
        page.endText();
    }

    /** Page numbers, once it is known how many there are; a single page needs none. */
    private static void number(PDDocument document, PDFont face) throws IOException {
        int pages = document.getNumberOfPages();
        for (int i = 0; pages > 1 && i < pages; i++) {
            try (PDPageContentStream page = new PDPageContentStream(
                    document, document.getPage(i), PDPageContentStream.AppendMode.APPEND, true, true)) {
                String text = (i + 1) + " / " + pages;
                float width = Wrapping.width(face, text, FOOTER_SIZE);
                show(page, face, text, FOOTER_SIZE, (PDRectangle.A4.getWidth() - width) / 2, MARGIN / 2);
            }
        }
    }
}
