package dev.tenon.metadata;

import dev.tenon.metadata.internal.FileSource;
import dev.tenon.metadata.internal.PackageParser;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a package into a {@link Layer}, or reports everything that is wrong with it, each with file and line. */
public final class PackageReader {

    private PackageReader() {}

    /** Reads files given as text by path, for example {@code objects/Offer.yaml}. */
    public static Checked<Layer> read(Map<String, String> files) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return readFiles(bytes);
    }

    /** Reads files by path, for example from a plugin's jar or a store. */
    public static Checked<Layer> readFiles(Map<String, byte[]> files) {
        return FileSource.checked(files).then(PackageParser::parse);
    }

    /** Reads a folder that has {@code package.yaml} in it. Files whose names start with a dot are left out. */
    public static Checked<Layer> readFolder(Path folder) {
        return FileSource.folder(folder).then(PackageParser::parse);
    }

    /** Reads a zip archive whose top, or only top folder, has {@code package.yaml} in it. Does not close the stream. */
    public static Checked<Layer> readZip(InputStream zip) {
        return FileSource.zip(zip).then(PackageParser::parse);
    }

    /** The checked files of a zip archive without its only top folder, for storing them as they came. */
    public static Checked<Map<String, byte[]>> unzip(InputStream zip) {
        return FileSource.zip(zip);
    }
}
