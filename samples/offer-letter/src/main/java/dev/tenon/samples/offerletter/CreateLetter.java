package dev.tenon.samples.offerletter;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.plugin.RecordAction;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordData;
import dev.tenon.sdk.record.RecordQuery;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The action on an offer. The parameter {@code language} (en, zh) chooses the template; else the user's language. */
final class CreateLetter implements RecordAction {

    private static final String TEMPLATE = "offerletter__Template";

    private final LetterPdf pdf;

    CreateLetter(LetterPdf pdf) {
        this.pdf = pdf;
    }

    @Override
    public ActionResult run(RecordData offer, Map<String, @Nullable Object> parameters, CallContext context) {
        Locale language = language(parameters, context);
        RecordData candidate = require(context, "recruiting__Candidate", offer.value("candidate"), "candidate");
        RecordData position = require(context, "recruiting__Position", offer.value("position"), "position");
        RecordData template = template(language, context);
        LetterText text = new LetterText(
                Map.of("offer", offer, "candidate", candidate, "position", position),
                context.user().name(),
                LocalDate.ofInstant(context.now(), context.user().zone()),
                language);
        String filled = text.fill(String.valueOf(template.value("name")), String.valueOf(template.value("body")));
        byte[] content = pdf.render(filled, language);
        Object number = offer.value("number");
        String fileName = "Offer-" + (number == null ? offer.id() : number) + ".pdf";
        Attachment attached =
                context.records().attach(offer.object(), offer.id(), fileName, "application/pdf", content);
        boolean chinese = context.user().locale().getLanguage().equals("zh");
        return result(
                (chinese ? "已附加 " : "Attached ") + fileName,
                Map.of("fileName", fileName, "attachment", attached.id().toString()));
    }

    // The SDK's record says that values may be null; its class file does not.
    @SuppressWarnings("NullAway")
    private static ActionResult result(String message, Map<String, @Nullable Object> values) {
        return new ActionResult(message, values);
    }

    private static Locale language(Map<String, @Nullable Object> parameters, CallContext context) {
        Object wanted = parameters.get("language");
        String tag = wanted == null ? context.user().locale().getLanguage() : wanted.toString();
        return tag.startsWith("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
    }

    private static RecordData require(CallContext context, String object, @Nullable Object id, String what) {
        if (id instanceof UUID uuid) {
            return context.records().find(object, uuid).orElseThrow(() -> notVisible(what));
        }
        throw notVisible(what);
    }

    private static PlatformException notVisible(String what) {
        return OfferLetterError.NOT_VISIBLE.error().with("what", what).build();
    }

    private static RecordData template(Locale language, CallContext context) {
        List<RecordData> found = context.records()
                .query(RecordQuery.of(TEMPLATE)
                        .select("name", "body")
                        .where("active == true && language == wanted", Map.of("wanted", language.getLanguage()))
                        .orderBy(new RecordQuery.Sort("name", false))
                        .top(1));
        if (found.isEmpty()) {
            throw OfferLetterError.NO_TEMPLATE
                    .error()
                    .with("language", language.getDisplayLanguage(context.user().locale()))
                    .build();
        }
        return found.getFirst();
    }
}
