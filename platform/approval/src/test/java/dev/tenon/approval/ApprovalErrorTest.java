package dev.tenon.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.sdk.error.ErrorTexts;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApprovalErrorTest {

    @Test
    void everyCodeHasATextInBothLanguages() {
        Set<String> ids = new HashSet<>();
        for (ApprovalError error : ApprovalError.values()) {
            assertThat(ids.add(error.id())).isTrue();
            String english = ErrorTexts.render(error, Map.of(), Locale.ENGLISH);
            String chinese = ErrorTexts.render(error, Map.of(), Locale.SIMPLIFIED_CHINESE);
            assertThat(english).doesNotStartWith("approval.").isNotEqualTo(chinese);
            assertThat(chinese.codePoints().anyMatch(Character::isIdeographic)).isTrue();
        }
    }
}
