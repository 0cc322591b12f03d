package dev.tenon.samples.offerletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordClient;
import dev.tenon.sdk.record.RecordData;
import dev.tenon.testkit.TenonTest;
import dev.tenon.testkit.TestPlatform;
import dev.tenon.testkit.TestUser;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** The plugin's jar on the platform, with the recruiting product and the templates that the plugin brings. */
@TenonTest(packages = "../recruiting/1.0.0", install = "recruiting@1.0.0")
class CreateLetterIT {

    private static final String OFFER = "recruiting__Offer";
    private static final String ACTION = "offerletter__createLetter";

    private final TestPlatform platform;
    private final TestUser recruiter;

    CreateLetterIT(TestPlatform platform) {
        this.platform = platform;
        this.recruiter = platform.user("rita", "recruiting__recruiter");
    }

    private RecordData draft(TestUser by, String candidateName, String title) {
        TestUser manager = platform.user("mona", "recruiting__hiring_manager");
        RecordClient records = by.records();
        RecordData candidate =
                records.create("recruiting__Candidate", Map.of("name", candidateName, "phone", "13800000000"));
        RecordData position = records.create(
                "recruiting__Position", Map.of("title", title, "department", "stores", "hiringManager", manager.id()));
        RecordData application = records.create(
                "recruiting__Application",
                Map.of("candidate", candidate.id(), "position", position.id(), "recruiter", by.id()));
        return records.create(
                OFFER,
                Map.of(
                        "application", application.id(),
                        "candidate", candidate.id(),
                        "position", position.id(),
                        "salary", new BigDecimal("18500.50"),
                        "monthsPaid", new BigDecimal("13.0"),
                        "probationMonths", 6L,
                        "startDate", LocalDate.of(2026, 4, 1)));
    }

    /** As the approval leaves it. */
    private RecordData approved(RecordData draft) {
        return platform.records().update(OFFER, draft.id(), draft.version(), Map.of("status", "approved"));
    }

    private static String text(TestUser reader, RecordData offer) throws IOException {
        List<Attachment> attachments = reader.records().attachments(OFFER, offer.id());
        assertThat(attachments)
                .extracting(Attachment::fileName)
                .containsExactly("Offer-" + offer.value("number") + ".pdf");
        byte[] pdf = reader.content(attachments.getFirst());
        // Only the glyphs that are used; the whole font is some megabytes.
        assertThat(pdf).hasSizeLessThan(300_000);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void anEnglishLetterCarriesTheValuesOfTheOffer() throws IOException {
        RecordData offer = approved(draft(recruiter, "Emma Clarke", "Store manager"));

        ActionResult result = recruiter.run(offer, ACTION);

        assertThat(result.message()).isEqualTo("Attached Offer-" + offer.value("number") + ".pdf");
        assertThat(text(recruiter, offer).replaceAll("\\s+", " "))
                .contains("Offer of employment", "Dear Emma Clarke,")
                .contains("position of Store manager (" + offer.value("number") + ")")
                .contains("1 April 2026", "18,500.50", "13 times", "6 months", "rita", "Human Resources");
        assertThat(platform.plugin("offer-letter").failures()).isZero();
    }

    @Test
    void aChineseLetterIsWrittenInChineseCharacters() throws IOException {
        TestUser chinese = platform.user("li", Locale.SIMPLIFIED_CHINESE, "recruiting__recruiter");
        RecordData offer = approved(draft(chinese, "李嫚堃", "门店店长"));

        ActionResult result = chinese.run(offer, ACTION);

        assertThat(result.message()).isEqualTo("已附加 Offer-" + offer.value("number") + ".pdf");
        assertThat(text(chinese, offer).replaceAll("\\R", ""))
                .contains("录用通知书", "李嫚堃 先生/女士:", "“门店店长”", "2026年4月1日", "18,500.50", "试用期 6个月", "人力资源部")
                .doesNotContain("□");
    }

    @Test
    void theParameterChoosesTheLanguage() throws IOException {
        RecordData offer = approved(draft(recruiter, "Emma Clarke", "Buyer"));

        recruiter.run(offer, ACTION, Map.of("language", "zh"));

        assertThat(text(recruiter, offer)).contains("录用通知书");
    }

    @Test
    void thereIsNoLetterBeforeTheApproval() {
        RecordData offer = draft(recruiter, "Emma Clarke", "Buyer");

        PlatformException refused = catchThrowableOfType(PlatformException.class, () -> recruiter.run(offer, ACTION));

        assertThat(refused.code().id()).isEqualTo("records.action-not-available");
        assertThat(recruiter.records().attachments(OFFER, offer.id())).isEmpty();
    }
}
