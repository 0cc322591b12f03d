package dev.tenon.metadata;

import dev.tenon.metadata.internal.PackageFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a layer as the files of a package: one canonical form, good to read in a diff. Comments are not kept. */
public final class PackageWriter {

    // A fixed time in every entry: equal layers give equal archives.
    private static final long ENTRY_TIME = 1_767_225_600_000L;

    private PackageWriter() {}

    /** Files by path; {@link PackageReader#readFiles} gives the same layer back. */
    public static SortedMap<String, byte[]> files(Layer layer) {
        return PackageFormat.files(layer);
    }

    /** The files as a zip archive. */
    public static byte[] zip(Layer layer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files(layer).entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(ENTRY_TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
