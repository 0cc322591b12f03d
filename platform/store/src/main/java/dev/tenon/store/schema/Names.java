package dev.tenon.store.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Database identifiers from the names of the model. Used once, when a thing is made; the catalogue remembers. */
public final class Names {

    /** PostgreSQL silently cuts identifiers after 63 bytes. */
    static final int MAX_BYTES = 63;

    private static final int HASH_DIGITS = 10;

    private Names() {}

    /** Snake case: {@code recruiting__OfferLetter} becomes {@code recruiting__offer_letter}. */
    public static String snake(String modelName) {
        StringBuilder out = new StringBuilder(modelName.length() + 8);
        for (int i = 0; i < modelName.length(); i++) {
            char c = modelName.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                if (i > 0 && modelName.charAt(i - 1) != '_') {
                    out.append('_');
                }
                out.append((char) (c - 'A' + 'a'));
            } else {
                out.append(c);
            }
        }
        return identifier(out.toString());
    }

    /** The name itself where a database takes it, else a readable beginning and a hash that keeps it apart. */
    public static String identifier(String wanted) {
        boolean plain = wanted.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
        if (plain && wanted.length() <= MAX_BYTES) {
            return wanted;
        }
        String readable = wanted.replaceAll("[^a-z0-9_]", "_");
        int keep = Math.min(readable.length(), MAX_BYTES - 1 - HASH_DIGITS);
        return readable.substring(0, keep) + "_" + hash(wanted);
    }

    /** A name with a number that no other has; no name of a model has the sign before it. */
    static String numbered(String base, Set<String> taken) {
        for (int number = 2; ; number++) {
            String suffix = "$" + number;
            String name = base.substring(0, Math.min(base.length(), MAX_BYTES - suffix.length())) + suffix;
            if (!taken.contains(name)) {
                return name;
            }
        }
    }

    private static String hash(String text) {
        return digest(text).substring(0, HASH_DIGITS);
    }

    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
