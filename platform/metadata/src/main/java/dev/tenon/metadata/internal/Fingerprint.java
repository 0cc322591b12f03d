package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SHA-256 of what the effective elements say, without where it stands in files. */
public final class Fingerprint {

    private final StringBuilder text = new StringBuilder();

    private Fingerprint() {}

    /** Of everything, by the hashes of its trees: those that two models share are not read again. */
    public static String of(EffectiveElements elements) {
        StringBuilder all = new StringBuilder();
        elements.trees().forEach(tree -> all.append(tree.digest()));
        return hash(all);
    }

    static String of(Collection<EffectiveElement> elements) {
        Fingerprint canonical = new Fingerprint();
        elements.forEach(canonical::element);
        return hash(canonical.text);
    }

    private static String hash(CharSequence text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void element(EffectiveElement element) {
        append(element.key().toString());
        append(element.origin());
        append(element.retired());
        new TreeMap<>(element.properties()).forEach((name, effective) -> {
            append(name);
            append(effective.value());
            // The layer decides whose file a script path means.
            append(effective.last().layer());
        });
        text.append('\n');
    }

    private void append(@Nullable Object value) {
        switch (value) {
            case null -> text.append("null ");
            case Map<?, ?> map -> {
                text.append('{');
                TreeMap<String, Object> sorted = new TreeMap<>();
                map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
                sorted.forEach((key, item) -> {
                    append(key);
                    append(item);
                });
                text.append('}');
            }
            case List<?> list -> {
                text.append('[');
                list.forEach(this::append);
                text.append(']');
            }
            case BigDecimal number ->
                text.append(number.stripTrailingZeros().toPlainString()).append(' ');
            // The length in front keeps "a","bc" and "ab","c" apart.
            case String string -> text.append(string.length()).append('"').append(string);
            default -> text.append(value).append(' ');
        }
    }
}
