package dev.tenon.sdk.error;

/**
 * Where the cause of a {@link ErrorKind#CUSTOMIZATION} error stands.
 *
 * @param origin the package, tenant layer or plugin that the file belongs to, for example {@code market-custom}
 * @param file path inside that origin with forward slashes, for example {@code scripts/starting-salary.js}
 * @param line line in the file, 1-based; 0 when it is not known
 * @param column column in the line, 1-based; 0 when it is not known
 */
public record ErrorSource(String origin, String file, int line, int column) {

    @Override
    public String toString() {
        return origin + ":" + file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "");
    }
}
