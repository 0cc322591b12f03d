package dev.tenon.plugin.internal;

import dev.tenon.plugin.PluginManifest;
import dev.tenon.sdk.plugin.TenonPlugin;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;
import org.pf4j.VersionManager;

/**
 * PF4J for one version of one plugin. One manager each, because two versions of a plugin live side by side during an
 * upgrade and PF4J keeps one plugin per id.
 */
final class SinglePluginManager extends AbstractPluginManager {

    private final PluginManifest manifest;
    private final List<Path> jars;
    private final CollectedContributions contributions;

    /** PF4J asks for its parts while it is being constructed, before these fields have values: see the finders. */
    SinglePluginManager(PluginManifest manifest, Path jar, List<Path> libraries, CollectedContributions contributions) {
        super(jar.toAbsolutePath().getParent());
        this.manifest = manifest;
        this.contributions = contributions;
        this.jars = new ArrayList<>();
        this.jars.add(jar);
        this.jars.addAll(libraries);
    }

    /** Loads and starts; throws what the plugin threw. */
    void loadAndStart() throws Throwable {
        String id = loadPlugin(jars.getFirst());
        startPlugin(id);
        Throwable failure = getPlugin(id).getFailedException();
        if (failure != null) {
            throw failure instanceof StartFailure start && start.getCause() != null ? start.getCause() : failure;
        }
    }

    ClassLoader classLoader() {
        return getPluginClassLoader(manifest.id());
    }

    void stopAndUnload() {
        if (plugins.containsKey(manifest.id())) {
            try {
                stopPlugin(manifest.id());
            } finally {
                unloadPlugin(manifest.id());
            }
        }
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PluginDescriptorFinder() {
            @Override
            public boolean isApplicable(Path path) {
                return true;
            }

            @Override
            public PluginDescriptor find(Path path) {
                return new DefaultPluginDescriptor(
                        manifest.id(), manifest.title(), manifest.mainClass(), manifest.version(), "*", "", "");
            }
        };
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new PluginLoader() {
            @Override
            public boolean isApplicable(Path path) {
                return true;
            }

            @Override
            public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
                try {
                    List<URL> urls = new ArrayList<>();
                    for (Path jar : jars) {
                        urls.add(jar.toUri().toURL());
                    }
                    return new PluginClassLoader(
                            LoadedPlugin.loaderName(manifest.id()), urls, SinglePluginManager.class.getClassLoader());
                } catch (MalformedURLException impossible) {
                    throw new PluginRuntimeException(impossible);
                }
            }
        };
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> new Bridge(wrapper.getPluginClassLoader());
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new PluginRepository() {
            @Override
            public List<Path> getPluginPaths() {
                return List.of();
            }

            @Override
            public boolean deletePluginPath(Path path) {
                return false;
            }
        };
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String id) {
                return false;
            }

            @Override
            public void disablePlugin(String id) {}

            @Override
            public void enablePlugin(String id) {}
        };
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new DefaultExtensionFactory();
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new NoExtensions();
    }

    @Override
    protected VersionManager createVersionManager() {
        return new DefaultVersionManager();
    }

    /** A plugin's author implements the SDK's interface; PF4J wants its own class. */
    private final class Bridge extends Plugin {
        private final ClassLoader loader;
        private @Nullable TenonPlugin plugin;

        Bridge(ClassLoader loader) {
            this.loader = loader;
        }

        @Override
        public void start() {
            try {
                Class<?> type = Class.forName(manifest.mainClass(), true, loader);
                plugin = type.asSubclass(TenonPlugin.class)
                        .getDeclaredConstructor()
                        .newInstance();
                plugin.contribute(contributions);
            } catch (java.lang.reflect.InvocationTargetException thrown) {
                throw new StartFailure(thrown.getCause());
            } catch (Throwable failure) {
                // PF4J lets errors other than linkage errors through; here every failure is the plugin's.
                throw new StartFailure(failure);
            } finally {
                contributions.close();
            }
        }

        @Override
        public void stop() {
            TenonPlugin stopping = plugin;
            plugin = null;
            if (stopping != null) {
                stopping.stop();
            }
        }
    }

    /** Carries a failure of the plugin's code through PF4J. */
    static final class StartFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StartFailure(@Nullable Throwable cause) {
            super(cause);
        }
    }

    /** Tenon's contributions are explicit; PF4J's annotations are not looked at. */
    private static final class NoExtensions implements ExtensionFinder {
        @Override
        public <T> List<ExtensionWrapper<T>> find(Class<T> type) {
            return List.of();
        }

        @Override
        public <T> List<ExtensionWrapper<T>> find(Class<T> type, String pluginId) {
            return List.of();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public List<ExtensionWrapper> find(String pluginId) {
            return List.of();
        }

        @Override
        public Set<String> findClassNames(String pluginId) {
            return Set.of();
        }
    }
}
