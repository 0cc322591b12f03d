package dev.tenon.script.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerClassPathTest {

    @TempDir
    private Path folder;

    @Test
    void ofAClassPathOnlyWhatAWorkerNeedsIsTaken() throws IOException {
        Path polyglot = jar("polyglot-25.4.jar", "");
        Path spring = jar("spring-core-7.0.jar", "");
        Path jackson = jar("jackson-databind-3.1.5.jar", "");
        assertThat(WorkerClassPath.derive(
                        String.join(
                                File.pathSeparator,
                                polyglot.toString(),
                                spring.toString(),
                                jackson.toString(),
                                folder.resolve("missing.jar").toString()),
                        folder))
                .containsExactly(polyglot, jackson);
    }

    @Test
    void theLibrariesOfAnExtractedDistributionAreFoundThroughTheManifest() throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        Path script = jar("lib/tenon-script-0.1.0.jar", "");
        jar("lib/h2-2.4.jar", "");
        Path app = jar("app.jar", "lib/tenon-script-0.1.0.jar lib/h2-2.4.jar");
        assertThat(WorkerClassPath.derive(app.toString(), folder)).containsExactly(script);
    }

    @Test
    void theLibrariesInsideAFatJarAreUnpacked() throws IOException {
        Path fat = folder.resolve("tenon.jar");
        try (OutputStream file = Files.newOutputStream(fat);
                JarOutputStream jar = new JarOutputStream(file, new Manifest())) {
            for (String name : new String[] {
                "BOOT-INF/lib/", "BOOT-INF/lib/icu4j-25.4.jar", "BOOT-INF/lib/jooq-3.21.jar", "icu4j-1.jar"
            }) {
                jar.putNextEntry(new JarEntry(name));
                jar.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        Path unpacked = folder.resolve("unpacked");
        assertThat(WorkerClassPath.derive(fat.toString(), unpacked))
                .containsExactly(unpacked.resolve("icu4j-25.4.jar"));
        assertThat(unpacked.resolve("icu4j-25.4.jar")).hasContent("BOOT-INF/lib/icu4j-25.4.jar");
    }

    private Path jar(String name, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!classPath.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        Path path = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(path);
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new JarEntry("x"));
        }
        return path;
    }
}
