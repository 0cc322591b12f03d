package dev.tenon.samples.offerletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordData;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** What a letter looks like, and what prevents one; without a platform, which {@link CreateLetterIT} has. */
class CreateLetterTest {

    private final Office office = new Office(Locale.ENGLISH);
    private final CreateLetter action = new CreateLetter(new LetterPdf());

    private static RecordData offer(Office office, String candidateName, String title) {
        RecordData candidate = office.add("recruiting__Candidate", Map.of("name", candidateName));
        RecordData position = office.add("recruiting__Position", Map.of("title", title));
        Map<String, Object> values = new HashMap<>();
        values.put("number", "OFF-00042");
        values.put("candidate", candidate.id());
        values.put("position", position.id());
        values.put("salary", new BigDecimal("18500.50"));
        values.put("monthsPaid", new BigDecimal("13.0"));
        values.put("probationMonths", 6L);
        values.put("startDate", LocalDate.of(2026, 4, 1));
        return office.add("recruiting__Offer", values);
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void aLongLetterGoesOnOnNumberedPagesAndInsideTheMargins() throws IOException {
        String paragraph = "The quick brown fox, " + "verylongword".repeat(30) + " 以及一段很长的中文文字。".repeat(40);
        byte[] pdf = new LetterPdf().render("# Long\n\n" + (paragraph + "\n\n").repeat(8), Locale.ENGLISH);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isGreaterThan(1);
            String text = new PDFTextStripper().getText(document);
            assertThat(text).contains("1 / " + document.getNumberOfPages());
            assertThat(text.lines()).noneMatch(line -> line.startsWith("。") || line.startsWith(","));
        }
    }

    @Test
    void aCharacterWithoutGlyphDoesNotPreventTheLetter() throws IOException {
        assertThat(text(new LetterPdf().render("Dear 😀 Emma\u0007", Locale.ENGLISH)))
                .contains("Dear □ Emma");
    }

    @Test
    void aMissingValueIsNamedInsteadOfLeavingAGap() {
        office.add("offerletter__Template", Map.of("name", "T", "language", "en", "body", "{{offer.bonus}}"));
        PlatformException refused = refused();
        assertThat(refused.code()).isEqualTo(OfferLetterError.VALUE_MISSING);
        assertThat(ErrorTexts.render(refused.code(), refused.args(), Locale.ENGLISH))
                .contains("{{offer.bonus}}", "\"T\"");
        assertThat(ErrorTexts.render(refused.code(), refused.args(), Locale.SIMPLIFIED_CHINESE))
                .contains("通知书需要 {{offer.bonus}} 的值");
        assertThat(office.attached).isEmpty();
    }

    @Test
    void anUnknownPlaceholderIsNamed() {
        office.add("offerletter__Template", Map.of("name", "T", "language", "en", "body", "{{person.name}}"));
        assertThat(refused().code()).isEqualTo(OfferLetterError.UNKNOWN_PLACEHOLDER);
    }

    @Test
    void withoutTemplateOrVisibleCandidateTheReasonIsTold() {
        assertThat(refused().code()).isEqualTo(OfferLetterError.NO_TEMPLATE);
        office.add("offerletter__Template", Map.of("name", "T", "language", "en", "body", "Dear {{candidate.name}}"));
        RecordData offer = offer(office, "Emma Clarke", "Buyer");
        office.hide("recruiting__Candidate");
        PlatformException refused =
                catchThrowableOfType(PlatformException.class, () -> action.run(offer, Map.of(), office));
        assertThat(refused.code()).isEqualTo(OfferLetterError.NOT_VISIBLE);
    }

    private PlatformException refused() {
        RecordData offer = offer(office, "Emma Clarke", "Buyer");
        return catchThrowableOfType(PlatformException.class, () -> action.run(offer, Map.of(), office));
    }
}
