package dev.tenon.records.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.LinkChange;
import dev.tenon.records.MaskedText;
import dev.tenon.records.RecordsError;
import dev.tenon.records.StorableText;
import dev.tenon.records.ValueCodec;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.error.Suggestions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes values fit their fields, or says why they do not. An empty text is no value: a form cannot tell the two apart, and
 * a required text must not be satisfied by nothing.
 */
final class FieldValues {

    /** One @, a dot behind it, nothing that could split an address line; whether mail arrives only sending it shows. */
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>,;:\"()\\[\\]]+@[^\\s@<>,;:\"()\\[\\]]+\\.[^\\s@.<>,;:\"()\\[\\]]+");

    private static final Pattern PHONE =
            Pattern.compile("\\+?[0-9][0-9 ()./\\-]{1,38}[0-9](\\s*(x|ext\\.?|转)\\s*[0-9]{1,8})?");
    private static final Pattern URL = Pattern.compile("https?://[^\\s<>\"]{1,2000}", Pattern.CASE_INSENSITIVE);

    /** So many times its final length a text may have with the tags and spaces that are taken out. */
    private static final int MARKUP = 2;

    /** Values of a multi-picklist that a record may have. */
    private static final int MOST_VALUES = 100;

    /** Whether digits that a decimal field does not keep are refused or rounded away. */
    enum Digits {
        /** What people and programs send is kept as it is or refused. */
        EXACT,
        /** What formulas and code compute is rounded half up. */
        ROUNDED
    }

    private final Locale locale;

    FieldValues(Locale locale) {
        this.locale = locale;
    }

    /** The name of a field in messages: its label, as the reader knows it from pages. */
    String label(Field field) {
        return field.label().in(locale);
    }

    /**
     * The value in the field's Java type and within its limits.
     *
     * @param before what the record holds: a picklist value that is no longer offered may stay
     */
    @Nullable
    Object fit(Field field, @Nullable Object value, @Nullable Object before, Digits digits) {
        if (field.type() instanceof FieldType.ManyToMany) {
            return links(field, value);
        }
        Object typed = ValueCodec.fromJson(label(field), field.type(), value);
        return typed == null ? null : fit(field, field.type(), typed, before, digits);
    }

    /** What a default fills in: a value that somebody has switched off is left out, and hinders no new record. */
    @Nullable
    Object offered(Field field, @Nullable Object value) {
        return switch (field.type()) {
            case FieldType.Picklist picklist -> value == null || offered(picklist.values(), value) ? value : null;
            case FieldType.MultiPicklist picklist ->
                ValueCodec.fromJson(label(field), picklist, value) instanceof List<?> keys
                        ? keys.stream()
                                .filter(key -> offered(picklist.values(), key))
                                .toList()
                        : value;
            default -> value;
        };
    }

    private static boolean offered(List<FieldType.Picklist.Value> values, Object key) {
        return values.stream().noneMatch(v -> v.key().equals(key) && !v.active());
    }

    private @Nullable Object fit(Field field, FieldType type, Object value, @Nullable Object before, Digits digits) {
        return switch (type) {
            case FieldType.Text text -> text(field, text, (String) value);
            case FieldType.WholeNumber number -> whole(field, number, (Long) value);
            case FieldType.DecimalNumber number -> decimal(field, number, (BigDecimal) value, digits);
            case FieldType.Picklist picklist -> key(field, picklist.values(), (String) value, before);
            case FieldType.MultiPicklist picklist -> keys(field, picklist.values(), (List<?>) value, before);
            case FieldType.RichText text -> richText(field, text, (String) value);
            case FieldType.EncryptedText text -> encrypted(field, text, (String) value);
            case FieldType.Json json -> json(field, json, (String) value);
            case FieldType.TimeOfDay time -> ((LocalTime) value).truncatedTo(ChronoUnit.MICROS);
            case FieldType.DateTime dateTime -> ((Instant) value).truncatedTo(ChronoUnit.MICROS);
            case FieldType.Formula formula -> fit(field, formula.result(), value, before, digits);
            case FieldType.Derived derived -> fit(field, derived.result(), value, before, digits);
            case FieldType.Bool b -> value;
            case FieldType.DateOnly d -> value;
            case FieldType.File f -> value;
            case FieldType.Lookup l -> value;
            case FieldType.MasterDetail m -> value;
            case FieldType.ManyToMany m -> value;
            case FieldType.AutoNumber a -> value;
            case FieldType.RollUp r -> value;
        };
    }

    private @Nullable String text(Field field, FieldType.Text type, String value) {
        if (value.isEmpty()) {
            return null;
        }
        requireLength(field, value, type.maxLength());
        StorableText.require(field.name(), label(field), value);
        Optional<Pattern> pattern = switch (type.format()) {
            case PLAIN -> Optional.empty();
            case EMAIL -> Optional.of(EMAIL);
            case PHONE -> Optional.of(PHONE);
            case URL -> Optional.of(URL);
        };
        if (pattern.isPresent() && !pattern.get().matcher(value).matches()) {
            throw error(RecordsError.WRONG_FORMAT, field)
                    .with("format", type.format().name().toLowerCase(Locale.ROOT))
                    .build();
        }
        return value;
    }

    private void requireLength(Field field, String value, int limit) {
        if (value.length() > limit) {
            throw error(RecordsError.VALUE_TOO_LONG, field)
                    .with("limit", limit)
                    .with("length", value.length())
                    .build();
        }
    }

    /** What arrives is judged before it is read, what is left of it before it is stored: both can be the longer one. */
    private @Nullable String richText(Field field, FieldType.RichText type, String value) {
        requireLength(field, value, type.maxLength() * MARKUP);
        StorableText.require(field.name(), label(field), value);
        String clean = Html.clean(value);
        requireLength(field, clean, type.maxLength());
        return clean.isEmpty() ? null : clean;
    }

    /** What looks masked is what somebody was shown instead of a text; kept, it would take the text's place. */
    private @Nullable String encrypted(Field field, FieldType.EncryptedText type, String value) {
        if (value.isEmpty()) {
            return null;
        }
        requireLength(field, value, Math.max(type.maxLength(), MaskedText.LONGEST));
        StorableText.require(field.name(), label(field), value);
        if (!MaskedText.looksMasked(value)) {
            requireLength(field, value, type.maxLength());
        }
        return value;
    }

    private @Nullable String json(Field field, FieldType.Json type, String value) {
        if (value.isBlank()) {
            return null;
        }
        requireLength(field, value, type.maxLength() * MARKUP);
        String canonical = CanonicalJson.of(label(field), value);
        requireLength(field, canonical, type.maxLength());
        return canonical;
    }

    /** Each value once and in the order of the field's values, so that equal lists are equal. */
    private @Nullable List<String> keys(
            Field field, List<FieldType.Picklist.Value> values, List<?> sent, @Nullable Object before) {
        List<?> kept = before instanceof List<?> list ? list : List.of();
        Set<String> wanted = new LinkedHashSet<>();
        for (Object key : sent) {
            String text = String.valueOf(key);
            wanted.add(key(field, values, text, kept.contains(text) ? text : null));
        }
        if (wanted.size() > MOST_VALUES) {
            throw error(RecordsError.TOO_MANY_VALUES, field)
                    .with("limit", MOST_VALUES)
                    .build();
        }
        List<String> ordered = new ArrayList<>();
        values.stream()
                .map(FieldType.Picklist.Value::key)
                .filter(wanted::remove)
                .forEach(ordered::add);
        // Values that a layer has taken away.
        ordered.addAll(wanted);
        return ordered.isEmpty() ? null : List.copyOf(ordered);
    }

    /** A whole set of ids, or what is added and removed; nothing at all is the empty set. */
    private Object links(Field field, @Nullable Object value) {
        Object sent = value instanceof Map<?, ?> map ? change(field, map) : value;
        if (sent instanceof LinkChange change) {
            requireFew(field, change.added().size() + change.removed().size());
            return change;
        }
        Object ids = sent == null ? List.of() : ValueCodec.fromJson(label(field), field.type(), sent);
        List<?> all = ids instanceof List<?> list ? list : List.of();
        requireFew(field, all.size());
        return all;
    }

    /** As scripts write it. */
    private LinkChange change(Field field, Map<?, ?> sent) {
        if (!Set.of("add", "remove").containsAll(sent.keySet())) {
            throw ValueCodec.mismatch(label(field), "list-of-ids", sent);
        }
        return new LinkChange(ids(field, sent.get("add")), ids(field, sent.get("remove")));
    }

    private List<UUID> ids(Field field, @Nullable Object sent) {
        Object ids = ValueCodec.fromJson(label(field), field.type(), sent);
        return ids instanceof List<?> list ? list.stream().map(UUID.class::cast).toList() : List.of();
    }

    private void requireFew(Field field, int links) {
        if (links > Limits.LINKS) {
            throw error(RecordsError.TOO_MANY_LINKS, field)
                    .with("limit", Limits.LINKS)
                    .build();
        }
    }

    private Long whole(Field field, FieldType.WholeNumber type, Long value) {
        if (type.min().filter(min -> value < min).isPresent()
                || type.max().filter(max -> value > max).isPresent()) {
            throw error(RecordsError.OUT_OF_RANGE, field)
                    .with("minimum", type.min().map(Object::toString).orElse("–"))
                    .with("maximum", type.max().map(Object::toString).orElse("–"))
                    .build();
        }
        return value;
    }

    private BigDecimal decimal(Field field, FieldType.DecimalNumber type, BigDecimal value, Digits digits) {
        BigDecimal scaled = switch (digits) {
            case ROUNDED -> value.setScale(type.scale(), RoundingMode.HALF_UP);
            case EXACT ->
                value.stripTrailingZeros().scale() > type.scale()
                        ? value
                        : value.setScale(type.scale(), RoundingMode.UNNECESSARY);
        };
        if (scaled.scale() > type.scale() || scaled.precision() > type.precision()) {
            throw error(RecordsError.TOO_MANY_DIGITS, field)
                    .with("precision", type.precision())
                    .with("scale", type.scale())
                    .build();
        }
        return scaled;
    }

    private String key(Field field, List<FieldType.Picklist.Value> values, String value, @Nullable Object before) {
        boolean offered = values.stream().anyMatch(v -> v.active() && v.key().equals(value));
        if (offered || value.equals(before)) {
            return value;
        }
        List<String> keys = values.stream()
                .filter(FieldType.Picklist.Value::active)
                .map(FieldType.Picklist.Value::key)
                .toList();
        throw error(RecordsError.NOT_A_PICKLIST_VALUE, field)
                .with("value", value.length() > 60 ? value.substring(0, 60) + "…" : value)
                .with("suggestion", Suggestions.nearest(value, keys))
                .build();
    }

    private PlatformException.Builder error(RecordsError code, Field field) {
        return code.error().with("field", label(field));
    }
}
