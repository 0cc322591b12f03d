package dev.tenon.plugin;

import dev.tenon.plugin.internal.CallClock;
import dev.tenon.plugin.internal.Handlers;
import dev.tenon.plugin.internal.LoadedPlugin;
import dev.tenon.plugin.internal.PluginFolder;
import dev.tenon.plugin.internal.PluginJar;
import dev.tenon.sdk.approval.ApprovalVisibilityPolicy;
import dev.tenon.sdk.approval.ApproverResolver;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.RecordAction;
import dev.tenon.sdk.plugin.RecordTrigger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of a server. Installing, upgrading and removing work while requests are served: a new version is started
 * before the old one is closed, and calls inside the old one end in peace. Safe for use by many threads; changes wait
 * for each other.
 */
public final class PluginHost implements AutoCloseable {

    /** Kinds of contributions. */
    public enum Kind {
        TRIGGER("trigger"),
        ACTION("action"),
        APPROVER_RESOLVER("approver resolver"),
        VISIBILITY_POLICY("visibility policy");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As said in messages. */
        public String word() {
            return word;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);

    /** An installed plugin: running, stopped, or failed with its error. */
    private record Installed(
            Path jar,
            String id,
            @Nullable PluginManifest manifest,
            @Nullable LoadedPlugin running,
            @Nullable PlatformException error) {}

    private final PluginSettings settings;
    private final PluginFolder folder;
    private final Semver sdk;
    private final CallClock clock = new CallClock();
    private final ReentrantLock changing = new ReentrantLock();
    private final ConcurrentSkipListMap<String, Installed> plugins = new ConcurrentSkipListMap<>();
    private final Handlers handlers = new Handlers(this::requireRunning);

    public PluginHost(PluginSettings settings) {
        this.settings = settings;
        this.folder = new PluginFolder(settings.folder().toAbsolutePath().normalize());
        this.sdk = new Semver(sdkVersion());
    }

    /** The version of the SDK that plugins meet here. */
    public static String sdkVersion() {
        try (InputStream text = PluginHost.class.getResourceAsStream("sdk-version.txt")) {
            if (text == null) {
                throw new IllegalStateException("sdk-version.txt is missing from the class path");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Starts what is installed. A plugin that fails is listed with its error; the others and the server go on. */
    public List<PluginStatus> restore() {
        changing.lock();
        try {
            for (Path jar : folder.jars()) {
                Installed found = open(jar);
                Installed known = plugins.get(found.id());
                if (known != null && known.running() != null) {
                    // Left over from an upgrade that was interrupted after the new version had started.
                    close(found);
                    folder.delete(jar);
                } else {
                    if (known != null && found.running() != null) {
                        // The newer version was never confirmed and does not start: the older one stays.
                        folder.delete(known.jar());
                    }
                    if (known == null || found.running() != null) {
                        plugins.put(found.id(), found);
                    }
                }
            }
            return plugins();
        } finally {
            changing.unlock();
        }
    }

    private Installed open(Path jar) {
        PluginManifest manifest = null;
        try {
            manifest = new PluginJar(jar, settings).verify(sdk);
            return new Installed(
                    jar, manifest.id(), manifest, LoadedPlugin.start(manifest, jar, settings, clock), null);
        } catch (PlatformException failure) {
            String id = manifest == null ? idOf(jar, failure) : manifest.id();
            LOG.error("plugin {} is not running: {}", id, failure.getMessage());
            return new Installed(jar, id, manifest, null, failure);
        }
    }

    private static String idOf(Path jar, PlatformException failure) {
        return failure.args().get("id") instanceof String id
                ? id
                : jar.getFileName().toString();
    }

    /** What a jar says about itself, without installing it. Throws what is wrong with it. */
    public PluginManifest inspect(Path jar) {
        return new PluginJar(jar, settings).verify(sdk);
    }

    /**
     * Installs a plugin, or another version of an installed one. When this throws, nothing has changed: the version
     * that was running still is.
     */
    public PluginStatus install(Path jar) {
        changing.lock();
        try {
            PluginManifest manifest = inspect(jar);
            Installed before = plugins.get(manifest.id());
            Path copy = folder.add(jar, manifest);
            LoadedPlugin started;
            try {
                started = LoadedPlugin.start(manifest, copy, settings, clock);
            } catch (RuntimeException | Error failure) {
                if (before == null || !before.jar().equals(copy)) {
                    folder.delete(copy);
                }
                throw failure;
            }
            Installed now = new Installed(copy, manifest.id(), manifest, started, null);
            plugins.put(manifest.id(), now);
            LOG.info("plugin {} {} started", manifest.id(), manifest.version());
            if (before != null) {
                close(before);
                if (!before.jar().equals(copy)) {
                    folder.delete(before.jar());
                }
            }
            return status(now);
        } finally {
            changing.unlock();
        }
    }

    /** Starts a stopped or failed plugin again. */
    public PluginStatus start(String id) {
        changing.lock();
        try {
            Installed installed = require(id);
            if (installed.running() != null) {
                return status(installed);
            }
            Installed now = open(installed.jar());
            plugins.put(id, now);
            if (now.error() != null) {
                throw now.error();
            }
            return status(now);
        } finally {
            changing.unlock();
        }
    }

    /** Stops a plugin until it is started again or the server restarts. */
    public PluginStatus stop(String id) {
        changing.lock();
        try {
            Installed installed = require(id);
            Installed now = new Installed(installed.jar(), id, installed.manifest(), null, installed.error());
            plugins.put(id, now);
            close(installed);
            return status(now);
        } finally {
            changing.unlock();
        }
    }

    /** Stops a plugin and deletes its jar. */
    public void remove(String id) {
        changing.lock();
        try {
            Installed installed = require(id);
            plugins.remove(id);
            close(installed);
            folder.delete(installed.jar());
            LOG.info("plugin {} removed", id);
        } finally {
            changing.unlock();
        }
    }

    private static void close(Installed installed) {
        if (installed.running() != null) {
            installed.running().unload();
        }
    }

    /** All installed plugins by id. */
    public List<PluginStatus> plugins() {
        List<PluginStatus> all = new ArrayList<>();
        plugins.values().forEach(installed -> all.add(status(installed)));
        return all;
    }

    public Optional<PluginStatus> find(String id) {
        return Optional.ofNullable(plugins.get(id)).map(this::status);
    }

    /** The metadata package inside the plugin's jar: path in the package to content; empty when it brings none. */
    public SortedMap<String, byte[]> packageFiles(String id) {
        try {
            return new PluginJar(require(id).jar(), settings).packageFiles();
        } catch (IOException unreadable) {
            throw PluginFolder.storage(unreadable);
        }
    }

    /** Whether the plugin is running and contributes such a handler. */
    public boolean contributes(String id, String name, Kind kind) {
        Installed installed = plugins.get(id);
        return installed != null
                && installed.running() != null
                && installed.running().contributes(kind, name);
    }

    /** A trigger that looks its plugin up at each call, so it may be kept across upgrades. */
    public RecordTrigger trigger(String id, String name) {
        return handlers.trigger(id, name);
    }

    /** An action; see {@link #trigger}. */
    public RecordAction action(String id, String name) {
        return handlers.action(id, name);
    }

    /** An approver resolver; see {@link #trigger}. */
    public ApproverResolver approverResolver(String id, String name) {
        return handlers.approverResolver(id, name);
    }

    /** A visibility policy; see {@link #trigger}. */
    public ApprovalVisibilityPolicy visibilityPolicy(String id, String name) {
        return handlers.visibilityPolicy(id, name);
    }

    private Installed require(String id) {
        Installed installed = plugins.get(id);
        if (installed == null) {
            throw PluginError.NOT_FOUND.error().with("id", id).build();
        }
        return installed;
    }

    private LoadedPlugin requireRunning(String id) {
        Installed installed = require(id);
        if (installed.running() == null) {
            throw PluginError.NOT_STARTED
                    .error()
                    .with("id", id)
                    .with(
                            "reason",
                            installed.error() == null
                                    ? "stopped"
                                    : installed.error().code().id())
                    .build();
        }
        return installed.running();
    }

    private PluginStatus status(Installed installed) {
        PluginManifest manifest = installed.manifest();
        LoadedPlugin running = installed.running();
        PluginStatus.State state = running != null
                ? PluginStatus.State.STARTED
                : installed.error() != null ? PluginStatus.State.FAILED : PluginStatus.State.STOPPED;
        return new PluginStatus(
                installed.id(),
                manifest == null ? "" : manifest.version(),
                manifest == null ? installed.id() : manifest.title(),
                state,
                running == null ? Optional.ofNullable(installed.error()) : Optional.empty(),
                manifest == null ? Set.of() : manifest.scopes(),
                manifest == null ? "" : manifest.sdkRange(),
                running == null ? Map.of() : running.names(),
                running == null ? 0 : running.calls(),
                running == null ? 0 : running.failures(),
                running == null ? 0 : running.busy(),
                running == null ? Duration.ZERO : running.time(),
                running == null ? Optional.empty() : running.lastFailure());
    }

    /** Stops all plugins; their jars stay installed. */
    @Override
    public void close() {
        changing.lock();
        try {
            plugins.values().forEach(PluginHost::close);
            plugins.clear();
            clock.close();
        } finally {
            changing.unlock();
        }
    }
}
