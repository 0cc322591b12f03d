package dev.tenon.automation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.sdk.error.ErrorTexts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AutomationErrorTest {

    @Test
    void everyCodeHasATextInBothLanguagesAndNoTextIsLeftOver() throws java.io.IOException {
        for (String file : new String[] {"automation.properties", "automation_zh_CN.properties"}) {
            Properties texts = new Properties();
            try (var in = new java.io.InputStreamReader(
                    AutomationErrorTest.class.getResourceAsStream("/tenon/errors/" + file),
                    java.nio.charset.StandardCharsets.UTF_8)) {
                texts.load(in);
            }
            assertThat(texts.stringPropertyNames())
                    .as(file)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(AutomationError.values())
                            .map(e -> e.id().substring("automation.".length()))
                            .toList());
        }
        assertThat(ErrorTexts.render(AutomationError.NOT_ALLOWED, Map.of("permission", "x"), Locale.CHINA))
                .contains("权限");
    }
}
