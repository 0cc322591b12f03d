package dev.tenon.metadata.model;

/**
 * Source of a script.
 *
 * @param origin package, or {@code custom}
 * @param path inside the origin, for example {@code scripts/starting-salary.js}
 */
public record ScriptFile(String origin, String path, String source) {
    public String key() {
        return origin + "/" + path;
    }
}
