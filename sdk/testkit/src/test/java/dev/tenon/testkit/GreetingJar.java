package dev.tenon.testkit;

import dev.tenon.testkit.greeting.GreetingPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The small plugin's jar, as a build with the parent pom would make it. */
final class GreetingJar {

    private static final String CLASS = GreetingPlugin.class.getName().replace('.', '/') + ".class";
    private static final List<String> METADATA =
            List.of("package.yaml", "extends/shop/Customer.yaml", "extends/permissions/shop__clerk.yaml");

    private GreetingJar() {}

    static Path write(String version) {
        Manifest manifest = new Manifest();
        Map.of(
                        "Manifest-Version", "1.0",
                        "Plugin-Id", "greeting",
                        "Plugin-Version", version,
                        "Plugin-Class", GreetingPlugin.class.getName(),
                        "Tenon-Scopes", "records.read, attachments",
                        "Tenon-Sdk-Version", ">=0.1.0 <0.2.0")
                .forEach(manifest.getMainAttributes()::putValue);
        try {
            Path jar = Files.createTempFile("greeting", ".jar");
            jar.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out, manifest)) {
                add(entries, CLASS, "/" + CLASS);
                for (String file : METADATA) {
                    add(entries, "tenon-package/" + file, "/greeting/" + file);
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(JarOutputStream jar, String name, String resource) throws IOException {
        try (InputStream content = GreetingJar.class.getResourceAsStream(resource)) {
            jar.putNextEntry(new JarEntry(name));
            content.transferTo(jar);
        }
    }
}
