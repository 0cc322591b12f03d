package dev.tenon.records.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.DuplicateRule;
import dev.tenon.records.internal.Likeness.Kind;
import dev.tenon.records.internal.Likeness.Words;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How duplicate rules compare single values. */
class LikenessTest {

    @ParameterizedTest
    @CsvSource({
        "+86 138-0013-8000, 13800138000",
        "0086 138 0013 8000, 13800138000",
        "（010）１２３４ ５６７８, 01012345678",
        "+49 (0) 30 1234, +490301234",
        "0049 30 1234, +49301234"
    })
    void telephoneNumbersAreTheirDigits(String written, String form) {
        assertThat(Likeness.form(Kind.PHONE, written)).contains(form);
    }

    @Test
    void textsAreTheSameWithoutCaseWidthAndSpaces() {
        assertThat(Likeness.form(Kind.TEXT, "Ａcme  Ltd　")).isEqualTo(Likeness.form(Kind.TEXT, "acmeltd"));
        assertThat(Likeness.form(Kind.TEXT, " \u3000")).isEmpty();
        assertThat(Likeness.form(Kind.EXACT, new BigDecimal("1.50")))
                .isEqualTo(Likeness.form(Kind.EXACT, new BigDecimal("1.5")));
    }

    @ParameterizedTest
    @CsvSource({"' O''Neil--Smith,  Dr. 2 '", "--", "a-b", "ab", "'Trailing, '"})
    void plainLettersMakeTheSameWordsAsWideOnes(String text) {
        String wide = text.chars()
                .map(letter -> letter == ' ' ? '\u3000' : letter + 0xFEE0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(Likeness.form(Kind.FUZZY, text)).isEqualTo(Likeness.form(Kind.FUZZY, wide));
    }

    @ParameterizedTest
    @CsvSource({
        "Jürgen Müller, 'Muller, Jurgen', true",
        "Zhang San, ZhangSan, true",
        "Katherine Johnson, Catherine Johnson, true",
        "Anna Schmidt, Peter Schmidt, false",
        "上海天平科技有限公司, 上海天平科技公司, true",
        "张伟, 张伟, true",
        "张伟, 李娜, false",
        "张伟明, 张伟民, false"
    })
    void namesAreAlikeByTheUsualThreshold(String one, String other, boolean alike) {
        double likeness = Likeness.between(
                Words.of(Likeness.form(Kind.FUZZY, one).orElseThrow()),
                Words.of(Likeness.form(Kind.FUZZY, other).orElseThrow()));

        assertThat(likeness >= DuplicateRule.USUAL_THRESHOLD)
                .as("likeness %s", likeness)
                .isEqualTo(alike);
    }
}
