package dev.tenon.sdk.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

    private static final List<String> KNOWN =
            List.of("recruiting__Offer", "recruiting__Application", "sys__User", "salary", "startDate", "id");

    @ParameterizedTest
    @CsvSource({
        "recruting__Offer, recruiting__Offer",
        "Offer, recruiting__Offer",
        "offfer, recruiting__Offer",
        "aplicatoin, recruiting__Application",
        "SALRAY, salary",
        "start_date, startDate",
        "ib, id",
        "colour, ''",
        "x, ''",
        "'', ''",
    })
    void theNameThatWasMeantIsFoundOrNone(String wrong, String meant) {
        assertThat(Suggestions.nearest(wrong, KNOWN)).isEqualTo(meant);
    }

    @Test
    void ofEquallyNearNamesTheFirstInOrderIsTaken() {
        assertThat(Suggestions.nearest("stat", List.of("state", "stats"))).isEqualTo("state");
        assertThat(Suggestions.nearest("stat", List.of("stats", "state"))).isEqualTo("state");
    }

    @Test
    void whereNoneIsNearTheFirstFewAreListed() {
        assertThat(Suggestions.nearestOrSome("colour", List.of("name", "city"))).isEqualTo("name, city");
        assertThat(Suggestions.nearestOrSome("colour", List.of())).isEmpty();
        List<String> many = IntStream.range(10, 30).mapToObj(String::valueOf).toList();
        assertThat(Suggestions.nearestOrSome("colour", many)).isEqualTo("10, 11, 12, 13, 14, 15, 16, 17 …");
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "'', abc, 3", "abc, '', 3", "abc, acb, 1", "abc, abd, 1", "kitten, sitting, 3"})
    void mistakesAreCounted(String a, String b, int distance) {
        assertThat(Suggestions.distance(a, b)).isEqualTo(distance);
        assertThat(Suggestions.distance(b, a)).isEqualTo(distance);
    }
}
