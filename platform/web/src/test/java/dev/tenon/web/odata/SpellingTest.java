package dev.tenon.web.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name EQ 'EQ AND' And NOT (n GT 1) | name eq 'EQ AND' and not (n gt 1)",
                "CONTAINS(ToLower(name),'O''NOT x') | contains(tolower(name),'O''NOT x')",
                "a/Any(d:d/b GE 2 or d/contains eq 1) | a/any(d:d/b ge 2 or d/contains eq 1)",
                "eq eq 1 and 3 lt mod | eq eq 1 and 3 lt mod",
                "a divby 2 add b DIVBY c | a mul 1.0 div 2 add b mul 1.0 div c",
                "a in (1,null) and b eq 2 | (a in (1) or a eq null) and b eq 2",
                "not (x/y IN ( null , 'n,u)ll' )) | not ((x/y in ('n,u)ll') or x/y eq null))",
                "(a add 1) in (null) | ((a add 1) eq null)",
                "indexof(a,'b') in (null,-1) | (indexof(a,'b') in (-1) or indexof(a,'b') eq null)",
                "at ge 2026-01-31T08:00:00Z and id in (0190a-1) | at ge 2026-01-31T08:00:00Z and id in (0190a-1)",
                "name eq @p or n in (@q,null) | name eq ('O''Neil') or (n in ((1 add 2)) or n eq null)",
                "name eq @other | name eq null",
                "a DESC,b Asc | a desc,b asc",
                "compute(a Mul 2 as Mul)/filter(Mul GT 1) | compute(a mul 2 as Mul)/filter(Mul gt 1)",
                "search(a AND NOT b)/filter(a EQ 1) | search(a AND NOT b)/filter(a eq 1)",
                "name eq 'open | name eq 'open",
                "a in (1,null | a in (1,null"
            })
    void expressionsAreReadInTheWordsOfTheFormerVersion(String written, String read) {
        assertThat(ExpressionSpelling.of(written, Map.of("@p", "'O''Neil'", "@q", "1 ADD 2")))
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Filter=a EQ 1&$TOP=2&view=all | $filter=a eq 1&$top=2&view=all",
                "expand=b(Select=c;filter=d GT 1;expand=e(TOP=1)),f | $expand=b($select=c;$filter=d gt 1;$expand=e($top=1)),f",
                "$expand=b($search=\"x) y\" AND z;count=true) | $expand=b($search=\"x) y\" AND z;$count=true)",
                "$search=a AND NOT b | $search=a AND NOT b",
                "$filter=a eq @p&@p=1 | $filter=a eq (1)&@p=1"
            })
    void optionsAreKnownInAnyCaseAndWithoutTheirSign(String written, String read) {
        String query = encoded(written);
        assertThat(URLDecoder.decode(String.valueOf(Spelling.of(query)), StandardCharsets.UTF_8))
                .isEqualTo(read);
    }

    @Test
    void whatNeedsNothingIsLeftAlone() {
        String query = "$filter=name%20eq%20'a+b'&x&%ZZ=1&$top=%GG&";
        assertThat(Spelling.of(query)).isEqualTo(query);
        assertThat(Spelling.of(null)).isNull();
    }

    @Test
    void functionsOfThisVersionThatAreNotThereAreNamed() {
        assertThatThrownBy(() -> ExpressionSpelling.of("matchesPattern(name,'^a')", Map.of()))
                .hasMessageContaining("matchespattern");
        assertThat(ExpressionSpelling.of("case eq 1", Map.of())).isEqualTo("case eq 1");
    }

    @Test
    void whatStandsForMoreThanAnybodyWritesIsRefused() {
        for (String grows : List.of("a" + " in (1,null)".repeat(200), "@p or ".repeat(1_000) + "@p")) {
            assertThatThrownBy(() -> ExpressionSpelling.of(grows, Map.of("@p", "a eq 1 or ".repeat(500) + "a eq 2")))
                    .asInstanceOf(type(PlatformException.class))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(WebError.ODATA_TOO_COMPLEX));
        }
    }

    @Test
    void whatIsShortInEachPlaceMayBeTooLongTogether() {
        String alias = "&@p=" + "x".repeat(2_000);
        for (String grows : List.of("$filter=@p&".repeat(100), "$expand=" + "b($filter=@p),".repeat(100) + "c")) {
            assertThatThrownBy(() -> Spelling.of(grows + alias))
                    .asInstanceOf(type(PlatformException.class))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(WebError.ODATA_TOO_COMPLEX));
        }
    }

    @Test
    void listsInListsAreReadOnce() {
        String nested = "a in (".repeat(60) + "1" + ")".repeat(60);
        assertThat(ExpressionSpelling.of(nested, Map.of())).isEqualTo(nested);
        String empty = "a in (null,".repeat(12) + "1" + ")".repeat(12);
        assertThat(ExpressionSpelling.of(empty, Map.of()))
                .startsWith("(a in ((a in (")
                .endsWith(" or a eq null)");
    }

    private static String encoded(String query) {
        StringBuilder encoded = new StringBuilder();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            encoded.append(encoded.isEmpty() ? "" : "&")
                    .append(URLEncoder.encode(parts[0], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(parts[1], StandardCharsets.UTF_8));
        }
        return encoded.toString();
    }
}
