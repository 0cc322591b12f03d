package dev.tenon.samples.offerletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.ActionResult;
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
    void anEnglishLetterCarriesTheValuesOfTheOffer() throws IOException {
        office.seedTemplates();
        RecordData offer = offer(office, "Emma Clarke", "Store manager");
        ActionResult result = action.run(offer, Map.of(), office);
        assertThat(result.message()).isEqualTo("Attached Offer-OFF-00042.pdf");
        assertThat(office.attached).containsOnlyKeys("Offer-OFF-00042.pdf");
        assertThat(text(office.attached.get("Offer-OFF-00042.pdf")).replaceAll("\\s+", " "))
                .contains("Offer of employment", "1 March 2026", "Dear Emma Clarke,")
                .contains("position of Store manager (OFF-00042)")
                .contains("1 April 2026", "18,500.50", "13 times", "6 months", "Wang Wei", "Human Resources");
    }

    @Test
    void aChineseLetterIsWrittenInChineseCharacters() throws IOException {
        Office chinese = new Office(Locale.SIMPLIFIED_CHINESE);
        chinese.seedTemplates();
        RecordData offer = offer(chinese, "李嫚堃", "门店店长");
        ActionResult result = action.run(offer, Map.of(), chinese);
        assertThat(result.message()).isEqualTo("已附加 Offer-OFF-00042.pdf");
        String letter = text(chinese.attached.get("Offer-OFF-00042.pdf")).replaceAll("\\R", "");
        assertThat(letter)
                .contains("录用通知书", "李嫚堃 先生/女士:", "“门店店长”", "2026年4月1日", "18,500.50", "试用期 6个月")
                .contains("人力资源部", "2026年3月1日")
                .doesNotContain("□");
    }

    @Test
    void theParameterChoosesTheLanguage() throws IOException {
        office.seedTemplates();
        action.run(offer(office, "Emma Clarke", "Buyer"), Map.of("language", "zh"), office);
        assertThat(text(office.attached.get("Offer-OFF-00042.pdf"))).contains("录用通知书");
    }

    @Test
    void theFileHoldsOnlyTheGlyphsThatAreUsed() {
        office.seedTemplates();
        action.run(offer(office, "Emma Clarke", "Buyer"), Map.of("language", "zh"), office);
        assertThat(office.attached.get("Offer-OFF-00042.pdf")).hasSizeLessThan(300_000);
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
        office.seedTemplates();
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
