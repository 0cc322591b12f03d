package dev.tenon.plugin.internal;

import dev.tenon.plugin.PluginError;
import dev.tenon.plugin.PluginManifest;
import dev.tenon.plugin.PluginSettings;
import dev.tenon.plugin.Scope;
import dev.tenon.sdk.error.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;
import org.semver4j.range.Range;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/** Reads and verifies a plugin's jar without running anything of it. */
public final class PluginJar {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final String PACKAGE = "tenon-package/";
    private static final String LIBRARIES = "lib/";
    private static final int MAX_ENTRIES = 50_000;
    private static final long MAX_PACKAGE_BYTES = 20L * 1024 * 1024;

    private final Path file;
    private final PluginSettings settings;

    public PluginJar(Path file, PluginSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    private String name() {
        return file.getFileName().toString();
    }

    /** Throws what is wrong with the jar. */
    public PluginManifest verify(Semver sdk) {
        try {
            long size = Files.size(file);
            if (size > settings.maxJarBytes()) {
                throw tooLarge("the jar", size, settings.maxJarBytes());
            }
            try (JarFile jar = new JarFile(file.toFile(), false)) {
                checkContent(jar);
                return read(jar, sdk);
            }
        } catch (IOException | RuntimeException broken) {
            if (broken instanceof PlatformException told) {
                throw told;
            }
            throw PluginError.BROKEN_JAR
                    .error()
                    .with("file", name())
                    .with("reason", broken.getMessage())
                    .causedBy(broken)
                    .build();
        }
    }

    private PlatformException tooLarge(String what, long size, long limit) {
        return PluginError.TOO_LARGE
                .error()
                .with("file", name())
                .with("what", what)
                .with("size", size)
                .with("limit", limit)
                .build();
    }

    /** Reads every entry once: a damaged one must show now and not in the middle of a request. */
    private void checkContent(JarFile jar) throws IOException {
        if (jar.size() > MAX_ENTRIES) {
            throw tooLarge("the number of files", jar.size(), MAX_ENTRIES);
        }
        long total = 0;
        byte[] buffer = new byte[64 * 1024];
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            // The size that an entry declares may be a lie; what comes out is not.
            try (InputStream content = jar.getInputStream(entry)) {
                int read;
                while ((read = content.read(buffer)) > 0) {
                    total += read;
                    if (total > settings.maxUnpackedBytes()) {
                        throw tooLarge("the unpacked content", total, settings.maxUnpackedBytes());
                    }
                }
            }
        }
    }

    private PluginManifest read(JarFile jar, Semver sdk) throws IOException {
        Manifest manifest = jar.getManifest();
        Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String id = require(attributes, "Plugin-Id");
        if (!ID.matcher(id).matches()) {
            throw invalid("Plugin-Id", id, "use lower-case letters, digits and dashes");
        }
        String version = require(attributes, "Plugin-Version");
        if (!Semver.isValid(version)) {
            throw invalid("Plugin-Version", version, "use three numbers such as 1.2.0");
        }
        String range = require(attributes, "Tenon-Sdk-Version");
        checkSdk(id, version, range, sdk);
        String mainClass = require(attributes, "Plugin-Class");
        if (jar.getEntry(mainClass.replace('.', '/') + ".class") == null) {
            throw PluginError.CLASS_MISSING
                    .error()
                    .with("id", id)
                    .with("class", mainClass)
                    .with("reason", "the jar does not contain it")
                    .build();
        }
        String title = attributes.getValue("Plugin-Description");
        return new PluginManifest(id, version, title == null ? id : title, mainClass, range, scopes(attributes));
    }

    private void checkSdk(String id, String version, String range, Semver sdk) {
        RangeList wanted = RangeListFactory.create(range);
        if (wanted.get().isEmpty()) {
            throw invalid("Tenon-Sdk-Version", range, "use a range such as >=0.1.0 <0.2.0");
        }
        if (wanted.isSatisfiedBy(sdk)) {
            return;
        }
        boolean newer = wanted.get().stream().flatMap(List::stream).anyMatch(bound -> isAbove(bound, sdk));
        throw (newer ? PluginError.SDK_TOO_NEW : PluginError.SDK_TOO_OLD)
                .error()
                .with("id", id)
                .with("version", version)
                .with("range", range)
                .with("sdk", sdk.getVersion())
                .build();
    }

    private static boolean isAbove(Range bound, Semver sdk) {
        return !bound.isSatisfiedBy(sdk) && bound.getRangeVersion().isGreaterThan(sdk);
    }

    private Set<Scope> scopes(Attributes attributes) {
        Set<Scope> scopes = new HashSet<>();
        String declared = attributes.getValue("Tenon-Scopes");
        if (declared != null) {
            for (String text : declared.split("[,\\s]+")) {
                if (!text.isEmpty()) {
                    scopes.add(Scope.of(text)
                            .orElseThrow(() -> invalid(
                                    "Tenon-Scopes",
                                    text,
                                    "the scopes are "
                                            + Arrays.stream(Scope.values())
                                                    .map(Scope::text)
                                                    .collect(Collectors.joining(", ")))));
                }
            }
        }
        return scopes;
    }

    private String require(Attributes attributes, String attribute) {
        @Nullable String value = attributes.getValue(attribute);
        if (value == null || value.isBlank()) {
            throw PluginError.MANIFEST_MISSING
                    .error()
                    .with("file", name())
                    .with("attribute", attribute)
                    .build();
        }
        return value.strip();
    }

    private PlatformException invalid(String attribute, String value, String reason) {
        return PluginError.MANIFEST_INVALID
                .error()
                .with("file", name())
                .with("attribute", attribute)
                .with("value", value)
                .with("reason", reason)
                .build();
    }

    /** The metadata package inside, path in the package to content. */
    public SortedMap<String, byte[]> packageFiles() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        long total = 0;
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (entry.getName().startsWith(PACKAGE) && !entry.isDirectory()) {
                    try (InputStream content = jar.getInputStream(entry)) {
                        byte[] bytes = content.readNBytes((int) MAX_PACKAGE_BYTES + 1);
                        total += bytes.length;
                        if (total > MAX_PACKAGE_BYTES) {
                            throw tooLarge("the metadata package", total, MAX_PACKAGE_BYTES);
                        }
                        files.put(entry.getName().substring(PACKAGE.length()), bytes);
                    }
                }
            }
        }
        return files;
    }

    /** Copies the libraries inside the jar out of it; a class loader cannot read a jar in a jar. */
    List<Path> unpackLibraries(Path target) throws IOException {
        List<Path> libraries = new ArrayList<>();
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Map<String, JarEntry> found = new TreeMap<>();
            jar.stream()
                    .filter(entry -> entry.getName().startsWith(LIBRARIES)
                            && entry.getName().endsWith(".jar")
                            && entry.getName().indexOf('/', LIBRARIES.length()) < 0)
                    .forEach(entry -> found.put(entry.getName().substring(LIBRARIES.length()), entry));
            for (Map.Entry<String, JarEntry> library : found.entrySet()) {
                Files.createDirectories(target);
                Path copy = target.resolve(library.getKey());
                try (InputStream content = jar.getInputStream(library.getValue())) {
                    Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
                }
                libraries.add(copy);
            }
        }
        return libraries;
    }
}
