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
        assertThat(WorkerClassPath.derive(String.join(
                        File.pathSeparator,
                        polyglot.toString(),
                        spring.toString(),
                        jackson.toString(),
                        folder.resolve("missing.jar").toString())))
                .containsExactly(polyglot, jackson);
    }

    @Test
    void theLibrariesOfAnExtractedDistributionAreFoundThroughTheManifest() throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        Path script = jar("lib/tenon-script-0.1.0.jar", "");
        jar("lib/h2-2.4.jar", "");
        Path app = jar("app.jar", "lib/tenon-script-0.1.0.jar lib/h2-2.4.jar");
        assertThat(WorkerClassPath.derive(app.toString())).containsExactly(script);
    }

    @Test
    void foldersOfCompiledClassesAreTakenWhereTheyAreOurs() throws IOException {
        Path script = Files.createDirectories(folder.resolve("script/dev/tenon/script/worker"));
        Files.createFile(script.resolve("WorkerMain.class"));
        Files.createDirectories(folder.resolve("web/dev/tenon/web"));
        assertThat(WorkerClassPath.derive(folder.resolve("script") + File.pathSeparator + folder.resolve("web")))
                .containsExactly(folder.resolve("script"));
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
