package dev.tenon.tenancy.identity;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a user stands in the record of a person, in the record's form. */
final class PersonValues {

    private PersonValues() {}

    static Map<String, @Nullable Object> of(NewUser user, String login) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", user.name().strip());
        values.put("login", login);
        values.put("email", user.email());
        values.put("locale", user.locale().toLanguageTag());
        values.put("zone", user.zone().getId());
        values.put("active", true);
        values.put("manager", user.manager());
        return values;
    }

    static Map<String, @Nullable Object> of(UserChange change) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (change.name() != null) {
            values.put("name", change.name().strip());
        }
        if (change.email() != null) {
            values.put("email", change.email().isBlank() ? null : change.email());
        }
        if (change.locale() != null) {
            values.put("locale", change.locale().toLanguageTag());
        }
        if (change.zone() != null) {
            values.put("zone", change.zone().getId());
        }
        if (change.active() != null) {
            values.put("active", change.active());
        }
        if (change.manager() != null) {
            values.put("manager", change.manager().orElse(null));
        }
        return values;
    }

    static Locale locale(@Nullable Object tag) {
        return tag instanceof String text && !text.isBlank() ? Locale.forLanguageTag(text) : Locale.ENGLISH;
    }

    static ZoneId zone(@Nullable Object id) {
        if (id instanceof String text && !text.isBlank()) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException notAZone) {
                return ZoneOffset.UTC;
            }
        }
        return ZoneOffset.UTC;
    }
}
