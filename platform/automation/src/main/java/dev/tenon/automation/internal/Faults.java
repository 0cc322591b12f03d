package dev.tenon.automation.internal;

import dev.tenon.automation.ImportStatus.RowError;
import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Says what is wrong with a row in a person's language and in the file's own column titles. */
final class Faults {

    private static final int MOST_CHARS = 900;

    /** Their details tell what was found, not what is wrong. */
    private static final Set<ErrorCode> FINDINGS =
            Set.of(RecordsError.DUPLICATES_BLOCKED, RecordsError.DUPLICATES_TO_CONFIRM);

    private Faults() {}

    /** @param title title of the column of a field, empty text where no column is the field's */
    static List<RowError> of(long line, PlatformException fault, Locale locale, Function<String, String> title) {
        if (fault.details().isEmpty()) {
            return List.of(error(line, fault.code(), fault.args(), fieldOf(fault.args()), locale, title));
        }
        List<RowError> errors = new ArrayList<>();
        if (FINDINGS.contains(fault.code())) {
            errors.add(error(line, fault.code(), fault.args(), "", locale, title));
        }
        for (ErrorDetail detail : fault.details()) {
            String pointed = detail.pointer().startsWith("/")
                    ? detail.pointer().substring(1).replace("~1", "/").replace("~0", "~")
                    : "";
            String field = pointed.isEmpty() ? fieldOf(detail.args()) : pointed;
            errors.add(error(line, detail.code(), detail.args(), field, locale, title));
        }
        return errors;
    }

    static RowError error(
            long line,
            ErrorCode code,
            Map<String, Object> args,
            String field,
            Locale locale,
            Function<String, String> title) {
        String text = ErrorTexts.render(code, args, locale);
        return new RowError(
                line,
                title.apply(field),
                code.id(),
                text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS));
    }

    private static String fieldOf(Map<String, Object> args) {
        return args.get("field") instanceof String field ? field : "";
    }
}
