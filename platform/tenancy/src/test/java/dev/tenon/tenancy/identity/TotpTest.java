package dev.tenon.tenancy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of RFC 6238, appendix B (the last six of its eight digits), and of RFC 4648. */
final class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheStandard(long second, String code) {
        assertThat(Totp.code(SECRET, second / Totp.STEP_SECONDS)).isEqualTo(code);
        assertThat(Totp.step(SECRET, code, second)).isEqualTo(OptionalLong.of(second / Totp.STEP_SECONDS));
    }

    @Test
    void aClockMayBeOffByOneStepAndNoMore() {
        assertThat(Totp.step(SECRET, "287082", 59 + 30)).hasValue(1);
        assertThat(Totp.step(SECRET, "287082", 59 - 30)).hasValue(1);
        assertThat(Totp.step(SECRET, "287082", 59 + 60)).isEmpty();
        assertThat(Totp.step(SECRET, "28708", 59)).isEmpty();
        assertThat(Totp.step(SECRET, "", 59)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void secretsAreWrittenInBase32(String bytes, String text) {
        assertThat(Totp.base32(bytes.getBytes(StandardCharsets.US_ASCII))).isEqualTo(text);
        assertThat(Totp.fromBase32(text)).isEqualTo(bytes.getBytes(StandardCharsets.US_ASCII));
    }
}
