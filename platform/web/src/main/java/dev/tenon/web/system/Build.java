package dev.tenon.web.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build says of itself. */
public final class Build {

    private static final String FILE = "/tenon/build.properties";

    /** Where an editor has compiled the classes, nobody has filled the file in. */
    private static final String UNFILLED = "${";

    /** For example {@code 0.1.0}. */
    public static final String VERSION = read();

    private Build() {}

    private static String read() {
        try (InputStream file = Build.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            Properties properties = new Properties();
            properties.load(file);
            String version = properties.getProperty("version", UNFILLED);
            return version.startsWith(UNFILLED) ? "unpackaged" : version;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
