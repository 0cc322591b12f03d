package dev.tenon.app.running;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles a plugin of one class and packs it as its author's build would. */
final class PluginJar {

    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private String body = "";

    PluginJar(String id) {
        attributes.put("Manifest-Version", "1.0");
        attributes.put("Plugin-Id", id);
        attributes.put("Plugin-Version", "1.0.0");
        attributes.put("Plugin-Class", "acme.Main");
        attributes.put("Tenon-Sdk-Version", ">=0.1.0");
    }

    PluginJar attribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    /** @param statements of {@code contribute(Contributions to)} */
    PluginJar contributing(String statements) {
        body = statements;
        return this;
    }

    PluginJar file(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    byte[] bytes() {
        Manifest manifest = new Manifest();
        attributes.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            Map<String, byte[]> all = new LinkedHashMap<>(files);
            all.putAll(classes());
            for (Map.Entry<String, byte[]> file : all.entrySet()) {
                jar.putNextEntry(new JarEntry(file.getKey()));
                jar.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Map<String, byte[]> classes() throws IOException {
        Path folder = Files.createTempDirectory("plugin");
        Path source = Files.writeString(folder.resolve("Main.java"), """
                package acme;
                import dev.tenon.sdk.plugin.*;
                public class Main implements TenonPlugin {
                    public void contribute(Contributions to) {
                        %s
                    }
                }
                """.formatted(body));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-g",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        if (failed != 0) {
            throw new IllegalArgumentException("the plugin does not compile");
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        List<Path> made;
        try (Stream<Path> found = Files.walk(folder)) {
            made = found.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path file : made) {
            if (file.toString().endsWith(".class")) {
                classes.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            Files.delete(file);
        }
        return classes;
    }
}
