package dev.tenon.script.internal;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * The few jars that a worker needs, found in whatever way this process was started: a class path of files and folders, or
 * a jar whose manifest lists its libraries (the distribution).
 */
final class WorkerClassPath {

    private static final Pattern NEEDED = Pattern.compile(
            "(tenon-script|tenon-sdk-api|jspecify|jackson-(core|databind|annotations)|polyglot|js-language|regex"
                    + "|truffle-(api|runtime|compiler)|collections|nativeimage|word|jniutils|icu4j|xz)-\\d.*\\.jar");

    /** What tells the folders of compiled classes that a development environment uses in place of jars. */
    private static final List<String> OWN_CLASSES =
            List.of("dev/tenon/script/worker/WorkerMain.class", "dev/tenon/sdk/error/PlatformException.class");

    private WorkerClassPath() {}

    static List<Path> derive(String classPath) {
        Set<Path> all = new LinkedHashSet<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                expand(Path.of(entry).toAbsolutePath().normalize(), all);
            }
        }
        return all.stream().filter(WorkerClassPath::needed).toList();
    }

    private static boolean needed(Path entry) {
        return Files.isDirectory(entry)
                ? OWN_CLASSES.stream().anyMatch(own -> Files.exists(entry.resolve(own)))
                : NEEDED.matcher(entry.getFileName().toString()).matches();
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
}
