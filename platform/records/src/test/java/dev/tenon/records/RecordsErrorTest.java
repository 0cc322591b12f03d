package dev.tenon.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.sdk.error.ErrorTexts;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsErrorTest {

    @ParameterizedTest
    @ValueSource(strings = {"records", "records_zh_CN"})
    void everyCodeHasItsTextAndNoTextIsLeftOver(String bundle) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(
                        RecordsError.class.getResourceAsStream("/tenon/errors/" + bundle + ".properties")),
                StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        assertThat(texts.stringPropertyNames().stream().filter(key -> !key.startsWith("word.")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RecordsError.values())
                        .map(code -> code.id().substring("records.".length()))
                        .toList());
    }

    @Test
    void aTextIsRenderedInTheReadersLanguage() {
        assertThat(ErrorTexts.render(RecordsError.FIELD_REQUIRED, Map.of("field", "姓名"), Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("姓名 必须填写。");
        assertThat(ErrorTexts.render(RecordsError.FIELD_REQUIRED, Map.of("field", "Name"), Locale.ENGLISH))
                .isEqualTo("Name needs a value.");
    }

    @Test
    void typesAreToldInWords() {
        Map<String, String> known = Map.of("field", "薪资", "expected", "decimal", "value", "abc");
        assertThat(ErrorTexts.render(RecordsError.TYPE_MISMATCH, known, Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("薪资 需要数字，但收到的是 abc。");
        Map<String, String> free = Map.of("field", "Position", "expected", "Position(<id>)", "value", "{x}");
        assertThat(ErrorTexts.render(RecordsError.TYPE_MISMATCH, free, Locale.ENGLISH))
                .isEqualTo("Position needs Position(<id>), but got {x}.");
        assertThat(ErrorTexts.render(RecordsError.TYPE_MISMATCH, Map.of(), Locale.ENGLISH))
                .isEqualTo("{field} needs {expected}, but got {value}.");
    }
}
