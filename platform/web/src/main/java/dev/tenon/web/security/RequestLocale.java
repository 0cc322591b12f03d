package dev.tenon.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;

/** The language a request wants its texts in. */
public final class RequestLocale {

    private RequestLocale() {}

    /** English or simplified Chinese, by {@code Accept-Language}; English when it names neither. */
    public static Locale of(HttpServletRequest request) {
        return wanted(request).orElse(Locale.ENGLISH);
    }

    /** The language the request names, where it is one of the offered. */
    static Optional<Locale> wanted(HttpServletRequest request) {
        if (request.getHeader("Accept-Language") == null) {
            return Optional.empty();
        }
        for (Locale locale : Collections.list(request.getLocales())) {
            Optional<Locale> offered = offered(locale);
            if (offered.isPresent()) {
                return offered;
            }
        }
        return Optional.empty();
    }

    static Optional<Locale> offered(Locale locale) {
        return switch (locale.getLanguage()) {
            case "zh" -> Optional.of(Locale.SIMPLIFIED_CHINESE);
            case "en" -> Optional.of(Locale.ENGLISH);
            default -> Optional.empty();
        };
    }
}
