package dev.tenon.web.data;

import dev.tenon.tenancy.identity.IdentityError;
import dev.tenon.web.errors.WebError;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Languages and time zones as requests write them. */
public final class UserInput {

    private UserInput() {}

    /** The offered language; null when none is sent. */
    public static @Nullable Locale locale(@Nullable String tag) {
        return switch (tag) {
            case null -> null;
            case "en" -> Locale.ENGLISH;
            case "zh-CN", "zh" -> Locale.SIMPLIFIED_CHINESE;
            default ->
                throw IdentityError.UNKNOWN_LANGUAGE.error().with("locale", tag).build();
        };
    }

    /** The zone; null when none is sent. */
    public static @Nullable ZoneId zone(@Nullable String id) {
        if (id == null) {
            return null;
        }
        try {
            return ZoneId.of(id);
        } catch (DateTimeException unknown) {
            throw IdentityError.UNKNOWN_ZONE
                    .error()
                    .with("zone", id)
                    .causedBy(unknown)
                    .build();
        }
    }

    /** Throws {@code web.parameter-missing} for what was not sent. */
    public static <T> T needed(String name, @Nullable T value) {
        if (value == null) {
            throw WebError.PARAMETER_MISSING.error().with("name", name).build();
        }
        return value;
    }
}
