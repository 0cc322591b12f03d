package dev.tenon.records.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.FieldType.EncryptedText;
import dev.tenon.records.MaskedText;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.Sealing;
import dev.tenon.sdk.error.PlatformException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Encrypted fields of one tenant, for one question or save. A record on its way through a save, and all that is stored of it, holds them sealed; they
 * are opened only for what somebody is shown.
 */
final class SealedFields {

    private static final Logger LOG = System.getLogger(SealedFields.class.getName());

    private final Sealing sealing;
    private final boolean forCode;
    /** Fields of which the log tells already. */
    private final Set<String> unread = ConcurrentHashMap.newKeySet();

    /** @param forCode nothing is revealed: what code is given goes where its author wants, with whoever's rights it runs */
    SealedFields(Sealing sealing, boolean forCode) {
        this.sealing = sealing;
        this.forCode = forCode;
    }

    SealedFields forCode() {
        return new SealedFields(sealing, true);
    }

    static Optional<EncryptedText> type(Field field) {
        return field.type() instanceof EncryptedText text ? Optional.of(text) : Optional.empty();
    }

    /** The value as it is stored; only in its own cell will it open. */
    @Nullable
    Object stored(String object, Field field, UUID id, @Nullable Object value) {
        return value instanceof String plain && field.type() instanceof EncryptedText
                ? sealing.seal(place(object, field.name(), id), plain)
                : value;
    }

    /** A value that comes from where it was stored; what was kept before the field was encrypted is sealed now. */
    @Nullable
    Object kept(String object, Field field, UUID id, @Nullable Object value) {
        return value instanceof String text && sealing.isSealed(text) ? value : stored(object, field, id, value);
    }

    /** What somebody is shown of a stored value. */
    @Nullable
    Object shown(String object, Field field, UUID id, @Nullable Object stored, boolean revealed) {
        if (!(stored instanceof String text)
                || !(field.type() instanceof EncryptedText(int max, EncryptedText.Mask mask))) {
            return stored;
        }
        return open(object, field, id, text)
                .map(plain -> revealed && !forCode ? plain : MaskedText.of(mask, plain))
                .orElse(MaskedText.UNREADABLE);
    }

    /**
     * Whether somebody sends what is there already: what he was shown, or the text where he may read it. To others an equal
     * text is a change like any other, as they must not find it by trying.
     */
    boolean unchanged(
            String object, Field field, UUID id, @Nullable Object sent, @Nullable Object stored, boolean revealed) {
        return sent instanceof String
                && stored != null
                && (sent.equals(shown(object, field, id, stored, false))
                        || revealed && !forCode && sent.equals(shown(object, field, id, stored, true)));
    }

    /** What looks masked is what somebody was shown instead of a text; kept, it would take the text's place. */
    static void requirePlain(Field field, @Nullable Object value, FieldValues fitting) {
        if (value instanceof String text && field.type() instanceof EncryptedText && MaskedText.looksMasked(text)) {
            throw RecordsError.MASKED_VALUE
                    .error()
                    .with("field", fitting.label(field))
                    .build();
        }
    }

    /** The values of a record as code is given them: masked, whoever caused it to run. */
    Map<String, @Nullable Object> masked(
            String object, UUID id, Map<String, Field> fields, Map<String, @Nullable Object> stored) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(stored);
        fields.forEach((name, field) -> {
            if (field.type() instanceof FieldType.EncryptedText) {
                values.computeIfPresent(name, (n, value) -> shown(object, field, id, value, false));
            }
        });
        return values;
    }

    /** Nothing is lost with a key that is missing, so the rest of the record stays readable. */
    private Optional<String> open(String object, Field field, UUID id, String stored) {
        if (!sealing.isSealed(stored)) {
            return Optional.of(stored);
        }
        try {
            return Optional.of(sealing.open(place(object, field.name(), id), stored));
        } catch (PlatformException missingOrDamaged) {
            // A missing key concerns every row of a page; one line says it.
            if (unread.add(object + "/" + field.name())) {
                LOG.log(
                        Level.WARNING,
                        "{0}: {1}/{2} of record {3} cannot be read; others read at the same time are not told",
                        missingOrDamaged.code().id(),
                        object,
                        field.name(),
                        id);
            }
            return Optional.empty();
        }
    }

    private static String place(String object, String field, UUID id) {
        return "record/" + object + "/" + field + "/" + id;
    }
}
