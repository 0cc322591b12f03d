package dev.tenon.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataErrorTest {

    @ParameterizedTest
    @ValueSource(strings = {"metadata.properties", "metadata_zh_CN.properties"})
    void everyCodeHasATextAndEveryTextACode(String bundle) throws IOException {
        TreeSet<String> codes = new TreeSet<>();
        Arrays.stream(MetadataError.values()).forEach(c -> codes.add(c.id().substring("metadata.".length())));

        assertThat(new TreeSet<>(load(bundle).stringPropertyNames())).isEqualTo(codes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata_zh_CN.properties"})
    void translationsHaveThePlaceholdersOfTheEnglishText(String bundle) throws IOException {
        Properties english = load("metadata.properties");
        load(bundle)
                .forEach((code, text) -> assertThat(placeholders(String.valueOf(text)))
                        .as(String.valueOf(code))
                        .isEqualTo(placeholders(english.getProperty(String.valueOf(code)))));
    }

    private static TreeSet<String> placeholders(String text) {
        TreeSet<String> names = new TreeSet<>();
        Pattern.compile("\\{(\\w+)}").matcher(text).results().forEach(r -> names.add(r.group(1)));
        return names;
    }

    private static Properties load(String bundle) throws IOException {
        Properties properties = new Properties();
        properties.load(new InputStreamReader(
                Objects.requireNonNull(MetadataErrorTest.class.getResourceAsStream("/tenon/errors/" + bundle)),
                StandardCharsets.UTF_8));
        return properties;
    }
}
