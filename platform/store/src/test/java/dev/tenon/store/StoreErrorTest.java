package dev.tenon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class StoreErrorTest {

    @Test
    void everyCodeHasATextInBothLanguagesAndNoTextIsLeftOver() {
        for (Locale locale : new Locale[] {Locale.ROOT, Locale.SIMPLIFIED_CHINESE}) {
            ResourceBundle texts = ResourceBundle.getBundle("tenon.errors.store", locale);
            assertThat(texts.getLocale()).isEqualTo(locale);
            assertThat(texts.keySet())
                    .containsExactlyInAnyOrderElementsOf(java.util.Arrays.stream(StoreError.values())
                            .map(code -> code.id().substring("store.".length()))
                            .toList());
        }
    }
}
