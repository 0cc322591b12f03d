package dev.tenon.web.odata;

import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.Query;
import dev.tenon.records.ValueCodec;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.Json;
import dev.tenon.web.errors.WebError;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.olingo.server.api.uri.queryoption.SkipTokenOption;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * The tokens of next links: where the last row of a page stands in the list's order. A token holds only what that row
 * showed its reader, and whoever makes one up asks nothing that he could not ask by a filter; so it is not secret. It
 * begins with a sum over the query and the place: a changed token, or one of another query, is refused.
 */
final class PageTokens {

    private static final TypeReference<List<@Nullable String>> TEXTS = new TypeReference<>() {};
    /** Half of a sum is enough against mistakes. */
    private static final int SUM = 16;
    /** What servers and proxies take for an address, with room for the query. */
    private static final int LONGEST = 4_000;
    /** More digits than any value has, few enough to be read at once. */
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,200}(?:\\.\\d{1,200})?");

    private final String object;
    private final QueryTranslation.Criteria criteria;
    private final List<Query.SortKey> sort;

    PageTokens(String object, QueryTranslation.Criteria criteria) {
        this.object = object;
        this.criteria = criteria;
        this.sort = criteria.sort();
    }

    /** Written only where there is a token: most lists come with none and end on their first page. */
    private String query() {
        return object + '\n' + criteria.filter() + '\n' + sort + '\n';
    }

    String token(Query.Place last) {
        List<@Nullable String> texts = new ArrayList<>();
        texts.add(last.id().toString());
        for (Object value : last.values()) {
            texts.add(text(value));
        }
        byte[] place = Json.MAPPER.writeValueAsBytes(texts);
        byte[] sum = sum(place);
        byte[] both = Arrays.copyOf(sum, sum.length + place.length);
        System.arraycopy(place, 0, both, sum.length, place.length);
        String token = encoded(both);
        if (token.length() > LONGEST) {
            throw WebError.ODATA_ORDER_TOO_LONG.error().build();
        }
        return token;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof BigDecimal number
                ? number.toPlainString()
                : value == null ? null : String.valueOf(ValueCodec.toJson(value));
    }

    /** Where to go on; empty without a token. Throws {@code web.odata-page-token}. */
    Optional<Query.Place> place(@Nullable SkipTokenOption option) {
        return Optional.ofNullable(option).map(token -> placeOf(token.getValue()));
    }

    @SuppressWarnings("NullAway") // it does not read the annotation inside a type of another room's record
    Query.Place placeOf(String token) {
        try {
            byte[] both = Base64.getUrlDecoder().decode(token);
            byte[] place = both.length > SUM ? Arrays.copyOfRange(both, SUM, both.length) : new byte[0];
            // Several texts stand for the same bytes; only one of them was given out.
            if (!MessageDigest.isEqual(sum(place), Arrays.copyOf(both, SUM))
                    || !encoded(both).equals(token)) {
                throw refused(null);
            }
            List<@Nullable String> texts = Json.MAPPER.readValue(place, TEXTS);
            if (texts.size() != sort.size() + 1 || texts.getFirst() == null) {
                throw refused(null);
            }
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < sort.size(); i++) {
                values.add(value(sort.get(i).value().type(), texts.get(i + 1)));
            }
            return new Query.Place(values, UUID.fromString(texts.getFirst()));
        } catch (IllegalArgumentException | JacksonException | PlatformException malformed) {
            throw refused(malformed);
        }
    }

    private static PlatformException refused(@Nullable Exception why) {
        PlatformException.Builder error = WebError.ODATA_PAGE_TOKEN.error();
        return (why == null ? error : error.causedBy(why)).build();
    }

    private static @Nullable Object value(ValueType type, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (type) {
            case ValueType.Simple simple ->
                switch (simple) {
                    case TEXT -> text;
                    case INTEGER -> Long.valueOf(text);
                    case DECIMAL -> decimal(text);
                    case BOOLEAN -> ValueCodec.fromJson("", new FieldType.Bool(), text);
                    case DATE -> ValueCodec.fromJson("", new FieldType.DateOnly(), text);
                    case DATE_TIME -> ValueCodec.fromJson("", new FieldType.DateTime(), text);
                    case TIME -> ValueCodec.fromJson("", new FieldType.TimeOfDay(), text);
                    case ID -> UUID.fromString(text);
                    case JSON, ENCRYPTED_TEXT -> throw new IllegalArgumentException("has no order");
                    case NULL -> throw new IllegalArgumentException("nothing is empty and has a value");
                };
            case ValueType.Reference _ -> UUID.fromString(text);
            case ValueType.ListOf _ -> throw new IllegalArgumentException("lists have no order");
        };
    }

    private static BigDecimal decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("not a decimal");
        }
        return new BigDecimal(text);
    }

    private byte[] sum(byte[] place) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(query().getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(place), SUM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
