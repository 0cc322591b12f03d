package dev.tenon.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources in memory and packs them into a plugin's jar. */
final class PluginBuilder {

    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    PluginBuilder(String id, String version) {
        attributes.put("Plugin-Id", id);
        attributes.put("Plugin-Version", version);
        attributes.put("Plugin-Class", "acme.Main");
        attributes.put("Tenon-Sdk-Version", ">=0.1.0 <0.2.0");
    }

    /** A plugin with the given body of contribute(Contributions to) and further members. */
    static PluginBuilder contributing(String id, String version, String contribute, String... members) {
        return new PluginBuilder(id, version)
                .source("acme.Main", """
                package acme;
                import dev.tenon.sdk.plugin.*;
                import dev.tenon.sdk.record.*;
                import dev.tenon.sdk.approval.*;
                import java.util.*;
                public class Main implements TenonPlugin {
                    public void contribute(Contributions to) {
                        %s
                    }
                    %s
                }
                """.formatted(contribute, String.join("\n", members)));
    }

    PluginBuilder attribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    PluginBuilder without(String name) {
        attributes.remove(name);
        return this;
    }

    PluginBuilder source(String type, String text) {
        sources.put(type, text);
        return this;
    }

    PluginBuilder file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    PluginBuilder file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    Path build(Path jar) {
        try (OutputStream out = Files.newOutputStream(jar)) {
            out.write(bytes());
            return jar;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    byte[] bytes() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        attributes.forEach(manifest.getMainAttributes()::putValue);
        Map<String, byte[]> content = new LinkedHashMap<>(files);
        content.putAll(compile());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> file : content.entrySet()) {
                jar.putNextEntry(new JarEntry(file.getKey()));
                jar.write(file.getValue());
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return bytes.toByteArray();
    }

    private Map<String, byte[]> compile() {
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((type, text) -> units.add(
                new SimpleJavaFileObject(
                        URI.create("string:///" + type.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                }));
        JavaFileManager manager = new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("mem:///" + name + ".class"), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        ByteArrayOutputStream out = new ByteArrayOutputStream();
                        classes.put(name.replace('.', '/') + ".class", out);
                        return out;
                    }
                };
            }
        };
        List<String> options = List.of("-proc:none", "-g", "-cp", System.getProperty("java.class.path"));
        if (!units.isEmpty()
                && !compiler.getTask(null, manager, null, options, null, units).call()) {
            throw new IllegalArgumentException("the plugin's sources do not compile");
        }
        Map<String, byte[]> result = new LinkedHashMap<>();
        classes.forEach((name, out) -> result.put(name, out.toByteArray()));
        return result;
    }
}
