package dev.tenon.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.sdk.error.ErrorTexts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TenancyErrorTest {

    @Test
    void everyCodeHasATextInBothLanguagesAndNoTextIsLeftOver() throws java.io.IOException {
        for (String file : new String[] {"tenancy.properties", "tenancy_zh_CN.properties"}) {
            Properties texts = new Properties();
            try (var in = new java.io.InputStreamReader(
                    TenancyErrorTest.class.getResourceAsStream("/tenon/errors/" + file),
                    java.nio.charset.StandardCharsets.UTF_8)) {
                texts.load(in);
            }
            assertThat(texts.stringPropertyNames())
                    .as(file)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(TenancyError.values())
                            .map(e -> e.id().substring("tenancy.".length()))
                            .toList());
        }
        assertThat(ErrorTexts.render(TenancyError.NOT_ALLOWED, Map.of("permission", "x"), Locale.CHINA))
                .contains("权限");
    }
}
