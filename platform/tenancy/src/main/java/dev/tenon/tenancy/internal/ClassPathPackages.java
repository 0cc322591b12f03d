package dev.tenon.tenancy.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Finds package folders: every folder with a {@code package.yaml} below a root. */
public final class ClassPathPackages {

    public static final String ROOT = "tenon/packages/";

    private static final String PACKAGE_FILE = "package.yaml";

    private ClassPathPackages() {}

    /** Packages in jars and folders of the class path; an application jar with jars inside works too. */
    public static List<Map<String, byte[]>> onClassPath(ClassLoader loader) {
        List<Map<String, byte[]>> found = new ArrayList<>();
        try {
            for (Enumeration<URL> roots = loader.getResources(ROOT); roots.hasMoreElements(); ) {
                URL root = roots.nextElement();
                if (root.getProtocol().equals("file")) {
                    found.addAll(inFolder(Path.of(root.toURI())));
                } else {
                    found.addAll(inJar(root));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    /** Packages in a folder of the file system. */
    public static List<Map<String, byte[]>> inFolder(Path root) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                if (!path.startsWith(".") && !path.contains("/.")) {
                    files.put(path, Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return split(files);
    }

    private static List<Map<String, byte[]>> inJar(URL root) throws IOException {
        URLConnection connection = root.openConnection();
        if (!(connection instanceof JarURLConnection inJar)) {
            throw new IllegalStateException("cannot list " + root);
        }
        String prefix = inJar.getEntryName();
        SortedMap<String, byte[]> files = new TreeMap<>();
        // The jar is the class loader's own; closing it would take classes away from everybody.
        JarFile jar = inJar.getJarFile();
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
                try (InputStream in = jar.getInputStream(entry)) {
                    files.put(entry.getName().substring(prefix.length()), in.readAllBytes());
                }
            }
        }
        return split(files);
    }

    /** One map for each folder with a package file, paths relative to it. */
    private static List<Map<String, byte[]>> split(SortedMap<String, byte[]> files) {
        List<Map<String, byte[]>> packages = new ArrayList<>();
        for (String path : files.keySet()) {
            if (path.equals(PACKAGE_FILE) || path.endsWith("/" + PACKAGE_FILE)) {
                String prefix = path.substring(0, path.length() - PACKAGE_FILE.length());
                Map<String, byte[]> own = new TreeMap<>();
                files.forEach((p, content) -> {
                    if (p.startsWith(prefix)) {
                        own.put(p.substring(prefix.length()), content);
                    }
                });
                packages.add(own);
            }
        }
        return packages;
    }
}
