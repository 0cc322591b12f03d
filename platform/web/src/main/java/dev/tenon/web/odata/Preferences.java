package dev.tenon.web.odata;

import dev.tenon.web.errors.WebError;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When the caller wants his answer.
 *
 * @param async whether he is content to fetch it later
 * @param patience how long he would rather wait for it
 */
record Preferences(boolean async, Duration patience) {

    /** A connection is held meanwhile; whoever can wait longer may as well ask again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** A name, perhaps with a value, perhaps with parameters of its own behind semicolons. RFC 7240. */
    private static final Pattern PREFERENCE = Pattern.compile(
            "\\s*(?<name>[A-Za-z][\\w.-]*)\\s*(?:=\\s*\"?(?<value>[^\",;]*)\"?)?\\s*(?:;(?:[^\",]|\"[^\"]*\")*)?(?:,|$)");

    static Preferences of(ODataRequest request) {
        String prefer = request.header("Prefer");
        if (prefer == null || request.method().equals("HEAD")) {
            return new Preferences(false, Duration.ZERO);
        }
        boolean async = false;
        Duration patience = Duration.ZERO;
        Matcher each = PREFERENCE.matcher(prefer);
        while (each.find()) {
            switch (each.group("name").toLowerCase(Locale.ROOT)) {
                case "respond-async" -> async = true;
                case "wait" -> patience = seconds(each.group("value"));
                case "callback", "odata.callback" -> throw QueryTranslation.unsupported("the preference callback");
                default -> {
                    // Said to others who read this header, or to nobody.
                }
            }
        }
        return new Preferences(async, patience);
    }

    private static Duration seconds(@Nullable String value) {
        if (value == null || !value.matches("\\d{1,9}")) {
            throw WebError.ODATA_OPTION_VALUE
                    .error()
                    .with("option", "Prefer: wait")
                    .with("value", value == null ? "" : value)
                    .with("expected", "0, 1, 2, …")
                    .build();
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(value));
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    /** As the answer tells which of them were followed. */
    String applied() {
        return patience.isZero() ? "respond-async" : "respond-async, wait=" + patience.toSeconds();
    }
}
