package dev.tenon.web.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.records.Query;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.olingo.server.api.uri.queryoption.SkipTokenOption;
import org.apache.olingo.server.core.uri.queryoption.SkipTokenOptionImpl;
import org.junit.jupiter.api.Test;

final class PageTokensTest {

    private static final UUID ID = UUID.fromString("0190a000-0000-7000-8000-00000000000a");

    private static Query.SortKey key(String field, ValueType type) {
        return new Query.SortKey(new Expr.FieldRef(0, "shop__Customer", List.of(), field, type), false);
    }

    private static PageTokens tokens(Optional<Expr> filter, Query.SortKey... sort) {
        return new PageTokens("shop__Customer", new QueryTranslation.Criteria(filter, List.of(sort)));
    }

    private static Query.Place read(PageTokens tokens, String token) {
        return tokens.place(new SkipTokenOptionImpl().setValue(token)).orElseThrow();
    }

    private static void assertRefused(PageTokens tokens, String token) {
        assertThatThrownBy(() -> read(tokens, token))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        refused -> assertThat(refused.code()).isEqualTo(WebError.ODATA_PAGE_TOKEN));
    }

    @Test
    void aPlaceComesBackAsItWas() {
        PageTokens tokens = tokens(
                Optional.empty(),
                key("name", ValueType.Simple.TEXT),
                key("none", ValueType.Simple.TEXT),
                key("count", ValueType.Simple.INTEGER),
                key("limit", ValueType.Simple.DECIMAL),
                key("active", ValueType.Simple.BOOLEAN),
                key("since", ValueType.Simple.DATE),
                key("at", ValueType.Simple.DATE_TIME),
                key("id", ValueType.Simple.ID),
                key("agent", new ValueType.Reference("sys__User")));
        Query.Place place = new Query.Place(
                Arrays.asList(
                        "陈 & \"静\"",
                        null,
                        Long.MIN_VALUE,
                        new BigDecimal("-0.10"),
                        true,
                        LocalDate.of(1, 1, 1),
                        Instant.parse("9999-12-31T23:59:59.999999Z"),
                        ID,
                        ID),
                ID);
        String token = tokens.token(place);
        assertThat(token).matches("[A-Za-z0-9_-]+");
        assertThat(read(tokens, token)).isEqualTo(place);
        assertThat(tokens.place((SkipTokenOption) null)).isEmpty();
    }

    @Test
    void aChangedTokenAndOneOfAnotherQueryAreRefused() {
        Query.SortKey name = key("name", ValueType.Simple.TEXT);
        PageTokens tokens = tokens(Optional.empty(), name);
        String token = tokens.token(new Query.Place(List.of("Ada"), ID));
        for (int i = 0; i < token.length(); i++) {
            assertRefused(
                    tokens, token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1));
        }
        Stream.of("", "x", "?", token + "AAAA", token.substring(4)).forEach(other -> assertRefused(tokens, other));
        assertRefused(tokens(Optional.of(Expr.TRUE), name), token);
        assertRefused(tokens(Optional.empty(), new Query.SortKey(name.value(), true)), token);
        assertRefused(tokens(Optional.empty()), token);
    }

    @Test
    void aPlaceTooLongForAnAddressIsRefused() {
        PageTokens tokens = tokens(Optional.empty(), key("name", ValueType.Simple.TEXT));
        assertThatThrownBy(() -> tokens.token(new Query.Place(List.of("x".repeat(5_000)), ID)))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        refused -> assertThat(refused.code()).isEqualTo(WebError.ODATA_ORDER_TOO_LONG));
    }
}
