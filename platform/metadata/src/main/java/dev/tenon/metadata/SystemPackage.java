package dev.tenon.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The platform's own package {@code system}: users, notifications, approvals and the administrator's rights. */
public final class SystemPackage {

    private static final String FOLDER = "/tenon-packages/system/";

    private SystemPackage() {}

    /** The lowest layer of every tenant; read once. */
    public static Layer layer() {
        return Loaded.LAYER;
    }

    /** Its files by path. A jar cannot be listed reliably, so the file {@code index} names them. */
    public static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        new String(read("index"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(path -> files.put(path, read(path)));
        return files;
    }

    private static byte[] read(String path) {
        try (InputStream in = SystemPackage.class.getResourceAsStream(FOLDER + path)) {
            if (in == null) {
                throw new IllegalStateException("the platform's jar lacks " + FOLDER + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Loaded {
        static final Layer LAYER = PackageReader.readFiles(files()).orThrow();
    }
}
