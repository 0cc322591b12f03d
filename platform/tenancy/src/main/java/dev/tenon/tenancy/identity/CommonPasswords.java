package dev.tenon.tenancy.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Passwords that are tried first: those of a list, also with other case, digits for letters, or digits and signs around
 * them; rows of neighbouring keys, letters or digits; a few characters again and again.
 */
final class CommonPasswords {

    private static final String LIST = "common-passwords.txt";
    private static final int LEAST_DISTINCT = 4;
    private static final List<String> ROWS = List.of(
            "abcdefghijklmnopqrstuvwxyz",
            "01234567890",
            "qwertyuiop",
            "qwertzuiop",
            "azertyuiop",
            "asdfghjkl",
            "zxcvbnm",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
            "1q2w3e4r5t6y7u8i9o0p");

    private static final Set<String> LISTED = read();

    private CommonPasswords() {}

    private static Set<String> read() {
        try (InputStream in = Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(LIST), LIST);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean contains(String password) {
        String lower = password.toLowerCase(Locale.ROOT);
        String core = lower.replaceAll("^[\\P{L}]+|[\\P{L}]+$", "");
        return LISTED.contains(lower)
                || LISTED.contains(core)
                || LISTED.contains(letters(lower))
                || LISTED.contains(letters(lower).replaceAll("^[\\P{L}]+|[\\P{L}]+$", ""))
                || lower.chars().distinct().count() < LEAST_DISTINCT
                || isRow(lower);
    }

    /** Digits and signs as the letters that they stand for. */
    private static String letters(String text) {
        return text.replace('0', 'o')
                .replace('1', 'i')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('5', 's')
                .replace('7', 't')
                .replace('@', 'a')
                .replace('$', 's')
                .replace('!', 'i');
    }

    /** The whole is one row, or one row over and over, forwards or backwards. */
    private static boolean isRow(String text) {
        String reversed = new StringBuilder(text).reverse().toString();
        for (String row : ROWS) {
            String twice = row + row;
            if (twice.contains(text) || twice.contains(reversed)) {
                return true;
            }
        }
        return false;
    }
}
