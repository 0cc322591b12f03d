package dev.tenon.records;

import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import java.util.Locale;
import java.util.Map;

/** Text that both databases and JSON can hold: PostgreSQL keeps no U+0000, and half a character cannot be written to JSON again. */
public final class StorableText {

    private StorableText() {}

    /**
     * Throws {@code records.character-not-allowed}.
     *
     * @param member what to call the text in the error: the member of a request that brought it
     */
    public static void require(String member, String text) {
        require(member, member, text);
    }

    /**
     * As {@link #require(String, String)}, for a field.
     *
     * @param label what people call it
     */
    public static void require(String member, String label, String text) {
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            boolean halved = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            if (character == 0 || halved) {
                Map<String, Object> args = Map.of(
                        "field",
                        label,
                        "character",
                        String.format(Locale.ROOT, "U+%04X", character),
                        "position",
                        text.codePointCount(0, at) + 1);
                PlatformException.Builder error = RecordsError.CHARACTER_NOT_ALLOWED.error();
                args.forEach(error::with);
                throw error.detail(new ErrorDetail(RecordsError.CHARACTER_NOT_ALLOWED, "/" + member, args))
                        .build();
            }
            at += Character.charCount(character);
        }
    }
}
