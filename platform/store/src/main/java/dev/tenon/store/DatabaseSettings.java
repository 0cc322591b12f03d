package dev.tenon.store;

import java.nio.file.Path;

/**
 * Where the data is.
 *
 * @param url JDBC URL of a PostgreSQL database or of an H2 database in file mode
 * @param poolSize most connections at once
 */
public record DatabaseSettings(String url, String user, String password, int poolSize) {

    private static final int EMBEDDED_POOL = 16;

    public DatabaseSettings {
        if (poolSize < 2) {
            throw new IllegalArgumentException("a pool needs at least 2 connections, not " + poolSize);
        }
    }

    /** The embedded database in a folder, which is made when it is missing. */
    public static DatabaseSettings embedded(Path dataFolder) {
        return new DatabaseSettings(
                "jdbc:h2:file:" + dataFolder.toAbsolutePath().normalize().resolve("tenon"), "tenon", "", EMBEDDED_POOL);
    }

    /** The URL as it may be shown: without parameters, which can carry secrets. */
    public String shownUrl() {
        int end = url.length();
        for (char separator : new char[] {'?', ';'}) {
            int at = url.indexOf(separator);
            end = at < 0 ? end : Math.min(end, at);
        }
        return url.substring(0, end);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + user + " at " + shownUrl() + ", " + poolSize + " connections]";
    }
}
