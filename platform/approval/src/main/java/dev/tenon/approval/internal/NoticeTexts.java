package dev.tenon.approval.internal;

import java.util.Locale;
import java.util.ResourceBundle;

/** Titles of notifications, by topic and language. */
public final class NoticeTexts {

    private NoticeTexts() {}

    /** @param subject title of the record under approval */
    public static String title(String topic, String subject, Locale locale) {
        ResourceBundle texts = ResourceBundle.getBundle(
                "tenon.texts.approval-notices",
                locale,
                NoticeTexts.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return texts.getString(topic).replace("{title}", subject);
    }
}
