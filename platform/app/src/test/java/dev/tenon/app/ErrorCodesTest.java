package dev.tenon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One catalogue of error codes, over all rooms: unique, told in both languages, documented. */
class ErrorCodesTest {

    private static final Pattern ID = Pattern.compile("[a-z]+(-[a-z]+)*\\.[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Path CATALOGUE = Path.of("..", "docs", "errors.md");

    private static final List<ErrorCode> CODES = allCodes();

    @Test
    void everyIdIsUniqueAndWellFormed() {
        Map<String, ErrorCode> seen = new HashMap<>();
        assertThat(CODES).hasSizeGreaterThan(50);
        for (ErrorCode code : CODES) {
            assertThat(code.id()).matches(ID);
            assertThat(seen.put(code.id(), code))
                    .as("a second code with the id " + code.id())
                    .isNull();
        }
    }

    @Test
    void everyCodeHasATextInBothLanguages() {
        List<String> missing = new ArrayList<>();
        for (ErrorCode code : CODES) {
            for (Locale locale : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
                if (ErrorTexts.render(code, Map.of(), locale).equals(code.id())) {
                    missing.add(code.id() + " in " + locale);
                }
            }
            String chinese = ErrorTexts.render(code, Map.of(), Locale.SIMPLIFIED_CHINESE);
            boolean authorsWords = chinese.equals("{message}");
            if (!authorsWords
                    && chinese.codePoints()
                            .noneMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)) {
                missing.add(code.id() + " is not told in Chinese");
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void bothLanguagesFillTheSamePlaceholders() {
        for (ErrorCode code : CODES) {
            assertThat(placeholders(ErrorTexts.render(code, Map.of(), Locale.SIMPLIFIED_CHINESE)))
                    .as(code.id())
                    .isEqualTo(placeholders(ErrorTexts.render(code, Map.of(), Locale.ENGLISH)));
        }
    }

    @Test
    void theCatalogueIsWhatTheCodeSays() throws IOException {
        String expected = catalogue();
        if (Boolean.getBoolean("tenon.write-error-catalogue")) {
            Files.writeString(CATALOGUE, expected);
        }
        assertThat(Files.readString(CATALOGUE))
                .as("platform/docs/errors.md: run this test with -Dtenon.write-error-catalogue=true to write it anew")
                .isEqualTo(expected);
    }

    private String catalogue() {
        StringBuilder page = new StringBuilder("""
                # Error catalogue

                Every error has a stable code, a kind that says who has to act, and a text in English and Chinese. HTTP answers carry
                them as problem details (RFC 9457). This page is written from the code by `ErrorCodesTest`.

                | code | kind | text | 中文 |
                | --- | --- | --- | --- |
                """);
        CODES.stream()
                .sorted(java.util.Comparator.comparing(ErrorCode::id))
                .forEach(code -> page.append("| `")
                        .append(code.id())
                        .append("` | ")
                        .append(code.kind())
                        .append(" | ")
                        .append(cell(ErrorTexts.render(code, Map.of(), Locale.ENGLISH)))
                        .append(" | ")
                        .append(cell(ErrorTexts.render(code, Map.of(), Locale.SIMPLIFIED_CHINESE)))
                        .append(" |\n"));
        return page.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static TreeSet<String> placeholders(String text) {
        TreeSet<String> found = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static List<ErrorCode> allCodes() {
        List<ErrorCode> all = new ArrayList<>();
        for (JavaClass type : PlatformCode.CLASSES) {
            if (type.isEnum() && type.isAssignableTo(ErrorCode.class)) {
                for (Object constant : type.reflect().getEnumConstants()) {
                    all.add((ErrorCode) constant);
                }
            }
        }
        return all;
    }
}
