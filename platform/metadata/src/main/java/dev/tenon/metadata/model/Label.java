package dev.tenon.metadata.model;

import java.util.Locale;
import java.util.Map;

/** A text for people in several languages, keyed by language tag; {@code en} is always there. */
public record Label(Map<String, String> texts) {

    public static final String DEFAULT_LANGUAGE = "en";

    public Label {
        texts = Map.copyOf(texts);
        if (!texts.containsKey(DEFAULT_LANGUAGE)) {
            throw new IllegalArgumentException("a label needs an English text: " + texts);
        }
    }

    public static Label of(String english) {
        return new Label(Map.of(DEFAULT_LANGUAGE, english));
    }

    /** The text in the language of the locale, else of its language without region, else English. */
    public String in(Locale locale) {
        String exact = texts.get(locale.toLanguageTag());
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            if (Locale.forLanguageTag(text.getKey()).getLanguage().equals(locale.getLanguage())) {
                return text.getValue();
            }
        }
        return texts.getOrDefault(DEFAULT_LANGUAGE, "");
    }
}
