package dev.tenon.script;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The script files of one origin, as one unchangeable whole: they may import each other and nothing else. Workers keep
 * them by their hash, so make one instance per version of the origin and use it for all calls.
 */
public final class ScriptModules {

    private final String origin;
    private final SortedMap<String, String> files;
    private final String hash;

    /**
     * @param origin the package, tenant layer or plugin that the files belong to; named in errors
     * @param files path inside the origin, for example {@code scripts/starting-salary.js}, to source text
     */
    public ScriptModules(String origin, Map<String, String> files) {
        this.origin = origin;
        this.files = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(files));
        this.hash = hashOf(origin, this.files);
    }

    public String origin() {
        return origin;
    }

    public SortedMap<String, String> files() {
        return files;
    }

    public Optional<String> source(String file) {
        return Optional.ofNullable(files.get(file));
    }

    /** The same files with one added or replaced, for example to check what is being edited. */
    public ScriptModules with(String file, String source) {
        Map<String, String> changed = new TreeMap<>(files);
        changed.put(file, source);
        return new ScriptModules(origin, changed);
    }

    /** SHA-256 over origin, paths and sources. */
    public String hash() {
        return hash;
    }

    private static String hashOf(String origin, SortedMap<String, String> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            update(digest, origin);
            files.forEach((path, source) -> {
                update(digest, path);
                update(digest, source);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // The length in front keeps "ab"+"c" and "a"+"bc" apart.
        digest.update(new byte[] {
            (byte) (bytes.length >>> 24), (byte) (bytes.length >>> 16), (byte) (bytes.length >>> 8), (byte) bytes.length
        });
        digest.update(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScriptModules modules && hash.equals(modules.hash);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hash);
    }

    @Override
    public String toString() {
        return origin + files.keySet();
    }
}
