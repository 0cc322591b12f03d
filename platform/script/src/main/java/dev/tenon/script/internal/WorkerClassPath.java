package dev.tenon.script.internal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * The few jars that a worker needs, found in whatever way this process was started: a class path of files, a jar whose
 * manifest lists its libraries (an extracted distribution), or a fat jar with the libraries inside, which are unpacked.
 */
final class WorkerClassPath {

    private static final Pattern NEEDED = Pattern.compile(
            "(tenon-script|tenon-sdk-api|jspecify|jackson-(core|databind|annotations)|polyglot|js-language|regex"
                    + "|truffle-(api|runtime|compiler)|collections|nativeimage|word|jniutils|icu4j|xz)-\\d.*\\.jar");

    private static final String OWN_CLASS = "dev/tenon/script/worker/WorkerMain.class";

    private WorkerClassPath() {}

    /** @param unpacked where jars from inside a fat jar are put */
    static List<Path> derive(String classPath, Path unpacked) {
        Set<Path> all = new LinkedHashSet<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                expand(Path.of(entry).toAbsolutePath().normalize(), all);
            }
        }
        List<Path> needed = new ArrayList<>();
        try {
            for (Path entry : all) {
                if (Files.isDirectory(entry)) {
                    if (Files.exists(entry.resolve(OWN_CLASS))) {
                        needed.add(entry);
                    }
                } else if (NEEDED.matcher(entry.getFileName().toString()).matches()) {
                    needed.add(entry);
                } else {
                    unpack(entry, unpacked, needed);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return needed;
    }

    private static void expand(Path entry, Set<Path> all) {
        if (!Files.exists(entry) || !all.add(entry) || Files.isDirectory(entry)) {
            return;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String listed =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (listed != null) {
                URI base = entry.toUri();
                for (String name : listed.strip().split("\\s+")) {
                    URI uri = base.resolve(name);
                    if ("file".equals(uri.getScheme())) {
                        expand(Path.of(uri).normalize(), all);
                    }
                }
            }
        } catch (IOException noJar) {
            // An entry that is no jar cannot hold what a worker needs.
        }
    }

    private static void unpack(Path fatJar, Path target, List<Path> needed) throws IOException {
        try (JarFile jar = new JarFile(fatJar.toFile())) {
            if (jar.getEntry("BOOT-INF/lib/") == null) {
                return;
            }
            Files.createDirectories(target);
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (entry.getName().startsWith("BOOT-INF/lib/")
                        && NEEDED.matcher(name).matches()) {
                    Path file = target.resolve(name);
                    try (InputStream content = jar.getInputStream(entry)) {
                        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                    needed.add(file);
                }
            }
        }
    }
}
