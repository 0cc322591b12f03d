package dev.tenon.plugin.internal;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a plugin the JDK, the SDK, JSpecify and SLF4J of the server, and beyond that its own jars only. Nothing of the
 * platform and none of its libraries can be seen, so none can be depended on by accident or collide.
 */
final class PluginClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final List<String> SHARED = List.of("dev.tenon.sdk.", "org.jspecify.", "org.slf4j.");
    private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();

    private final ClassLoader server;

    /** The name appears in stack traces: the host finds the plugin's frames by it. */
    PluginClassLoader(String name, List<URL> jars, ClassLoader server) {
        super(name, jars.toArray(URL[]::new), JDK);
        this.server = server;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            // Also when the plugin brings a copy: its types would not be ours.
            return server.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : JDK.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> own = java.util.Collections.list(findResources(name));
        own.addAll(java.util.Collections.list(JDK.getResources(name)));
        return java.util.Collections.enumeration(own);
    }
}
