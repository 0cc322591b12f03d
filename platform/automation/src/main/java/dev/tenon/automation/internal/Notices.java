package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.sdk.ActingUser;
import java.text.MessageFormat;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.UUID;

/** Who writes notifications, and the texts of those that this room makes itself. */
public final class Notices {

    private static final String TEXTS = "tenon.texts.automation";

    private Notices() {}

    /** The platform itself: nobody may write notifications, and who caused one is in its text. */
    public static Identity platform(String tenant) {
        ActingUser nobody = new ActingUser(tenant, new UUID(0, 0), "Tenon", Locale.ENGLISH, ZoneOffset.UTC);
        return new Identity(nobody, Identity.Kind.SYSTEM, Set.of());
    }

    static String text(String key, Locale locale, Object... args) {
        ResourceBundle texts = ResourceBundle.getBundle(
                TEXTS, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return MessageFormat.format(texts.getString(key), args);
    }
}
