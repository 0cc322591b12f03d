package dev.tenon.plugin.internal;

import dev.tenon.plugin.PluginError;
import dev.tenon.plugin.PluginHost;
import dev.tenon.plugin.PluginManifest;
import dev.tenon.plugin.PluginSettings;
import dev.tenon.sdk.error.ErrorKind;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One started version of a plugin: its class loader, its handlers, and every call into it. */
public final class LoadedPlugin {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedPlugin.class);

    private final PluginManifest manifest;
    private final PluginSettings settings;
    private final CallClock clock;
    private final Path libraries;
    private final CollectedContributions contributions = new CollectedContributions();
    private final SinglePluginManager manager;
    private final Gate gate;
    private final CallStatistics statistics = new CallStatistics();

    private LoadedPlugin(PluginManifest manifest, Path jar, PluginSettings settings, CallClock clock)
            throws IOException {
        this.manifest = manifest;
        this.settings = settings;
        this.clock = clock;
        this.libraries =
                settings.folder().resolve("unpacked").resolve(jar.getFileName().toString());
        List<Path> unpacked = new PluginJar(jar, settings).unpackLibraries(libraries);
        this.manager = new SinglePluginManager(manifest, jar, unpacked, contributions);
        this.gate = new Gate(settings.callsAtOnce());
    }

    /** Loads and starts a verified jar. Throws what went wrong, with nothing left behind. */
    public static LoadedPlugin start(PluginManifest manifest, Path jar, PluginSettings settings, CallClock clock) {
        LoadedPlugin plugin;
        try {
            plugin = new LoadedPlugin(manifest, jar, settings, clock);
        } catch (IOException unwritable) {
            throw PluginError.STORAGE
                    .error()
                    .with("reason", unwritable.getMessage())
                    .causedBy(unwritable)
                    .build();
        }
        Throwable failure = plugin.startOnOwnThread();
        if (failure != null) {
            PlatformException told = plugin.startFailure(failure);
            plugin.unload();
            throw told;
        }
        return plugin;
    }

    /** On a thread of its own, so that a plugin that never comes back does not hold up the server. */
    private @Nullable Throwable startOnOwnThread() {
        Throwable[] failure = new Throwable[1];
        Thread starter = Thread.ofPlatform()
                .daemon()
                .name("plugin-start-" + manifest.id())
                .unstarted(() -> {
                    try {
                        manager.loadAndStart();
                    } catch (Throwable thrown) {
                        failure[0] = thrown;
                    }
                });
        // Without this the new thread would keep the loader of whoever starts the plugin.
        starter.setContextClassLoader(LoadedPlugin.class.getClassLoader());
        starter.start();
        try {
            if (!starter.join(settings.startTimeout())) {
                starter.interrupt();
                return PluginError.START_TIMEOUT
                        .error()
                        .with("id", manifest.id())
                        .with("seconds", settings.startTimeout().toSeconds())
                        .build();
            }
        } catch (InterruptedException stopping) {
            starter.interrupt();
            Thread.currentThread().interrupt();
            return stopping;
        }
        return failure[0];
    }

    private PlatformException startFailure(Throwable failure) {
        if (failure instanceof PlatformException told && told.code() instanceof PluginError) {
            return told;
        }
        boolean unusable = failure instanceof ReflectiveOperationException || failure instanceof ClassCastException;
        PluginError code = unusable && place(failure).isEmpty() ? PluginError.CLASS_MISSING : PluginError.START_FAILED;
        PlatformException.Builder error = code.error()
                .with("id", manifest.id())
                .with("class", manifest.mainClass())
                .with("reason", text(failure))
                .with("message", text(failure));
        place(failure).ifPresent(error::at);
        return error.build();
    }

    public PluginManifest manifest() {
        return manifest;
    }

    ClassLoader classLoader() {
        return manager.classLoader();
    }

    public Map<PluginHost.Kind, SortedSet<String>> names() {
        return contributions.names();
    }

    public boolean contributes(PluginHost.Kind kind, String name) {
        return contributions.find(kind, name).isPresent();
    }

    public long calls() {
        return statistics.calls();
    }

    public long failures() {
        return statistics.failures();
    }

    public Duration time() {
        return Duration.ofNanos(statistics.nanos());
    }

    public int busy() {
        return gate.inside();
    }

    public Optional<String> lastFailure() {
        return statistics.lastFailure();
    }

    /** The answer of a call; absent when this version has been closed and the call must go to its successor. */
    public record Answer<R extends @Nullable Object>(R value) {}

    /**
     * Calls a handler on this thread.
     *
     * @param work gets the handler and the guarded call
     */
    public <H, R extends @Nullable Object> Optional<Answer<R>> call(
            PluginHost.Kind kind, Class<H> type, String name, BiFunction<H, GuardedContext, R> work) {
        switch (gate.enter()) {
            case CLOSED -> {
                return Optional.empty();
            }
            case FULL ->
                throw error(PluginError.BUSY, name)
                        .with("limit", settings.callsAtOnce())
                        .build();
            case INSIDE -> {}
        }
        try {
            Object handler = contributions
                    .find(kind, name)
                    .orElseThrow(() -> error(PluginError.NO_CONTRIBUTION, name)
                            .with("kind", kind.word())
                            .with("names", namesOf(kind))
                            .build());
            return Optional.of(new Answer<>(guarded(kind, name, type.cast(handler), work)));
        } finally {
            gate.leave();
        }
    }

    private String namesOf(PluginHost.Kind kind) {
        SortedSet<String> names = contributions.names().get(kind);
        return names == null || names.isEmpty() ? "-" : String.join(", ", names);
    }

    private <H, R extends @Nullable Object> R guarded(
            PluginHost.Kind kind, String name, H handler, BiFunction<H, GuardedContext, R> work) {
        GuardedCall call = new GuardedCall(this, name);
        ScheduledFuture<?> alarm = clock.at(limit(kind), call);
        long start = System.nanoTime();
        call.begin();
        try {
            return work.apply(handler, new GuardedContext(call));
        } catch (PlatformException told) {
            if (told.code().kind() != ErrorKind.USER) {
                statistics.failed(String.valueOf(told.getMessage()));
            }
            throw told;
        } catch (Throwable failure) {
            PlatformException told = call.expired() ? timeout(name) : failure(name, failure);
            statistics.failed(String.valueOf(told.getMessage()));
            throw told;
        } finally {
            call.end();
            alarm.cancel(false);
            statistics.called(System.nanoTime() - start - call.platformNanos());
            if (call.expired()) {
                LOG.warn("plugin {} took longer than {} in {}", manifest.id(), limit(kind), name);
            }
        }
    }

    private Duration limit(PluginHost.Kind kind) {
        return kind == PluginHost.Kind.TRIGGER ? settings.triggerTimeout() : settings.callTimeout();
    }

    PlatformException.Builder error(PluginError code, String name) {
        return code.error().with("id", manifest.id()).with("name", name).at(new ErrorSource(manifest.id(), "", 0, 0));
    }

    PlatformException timeout(String name) {
        return error(PluginError.TIMEOUT, name)
                .with("seconds", settings.callTimeout().toSeconds())
                .build();
    }

    private PlatformException failure(String name, Throwable failure) {
        PlatformException.Builder error =
                error(PluginError.FAILED, name).with("message", text(failure)).causedBy(failure);
        place(failure).ifPresent(error::at);
        return error.build();
    }

    /** A result that other rooms could not use. */
    public PlatformException badResult(String name, String message) {
        PlatformException error =
                error(PluginError.BAD_RESULT, name).with("message", message).build();
        statistics.failed(String.valueOf(error.getMessage()));
        return error;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        String type = failure.getClass().getSimpleName();
        return message == null || message.isBlank() ? type : type + ": " + message;
    }

    /** The first stack frame that belongs to the plugin, of the failure itself or of what caused it. */
    private Optional<ErrorSource> place(Throwable failure) {
        String loader = loaderName(manifest.id());
        int depth = 0;
        for (Throwable at = failure; at != null && depth++ < 20; at = at.getCause()) {
            for (StackTraceElement frame : at.getStackTrace()) {
                if (loader.equals(frame.getClassLoaderName())) {
                    return Optional.of(
                            new ErrorSource(manifest.id(), file(frame), Math.max(0, frame.getLineNumber()), 0));
                }
            }
        }
        return Optional.empty();
    }

    private static String file(StackTraceElement frame) {
        String type = frame.getClassName();
        int dot = type.lastIndexOf('.');
        String folder = dot < 0 ? "" : type.substring(0, dot + 1).replace('.', '/');
        String name = frame.getFileName();
        return folder + (name == null ? type.substring(dot + 1) : name);
    }

    static String loaderName(String id) {
        return "plugin:" + id;
    }

    /** Lets the calls inside end, stops the plugin and gives its class loader up. */
    public void unload() {
        if (!gate.closeAndDrain(settings.drainTimeout())) {
            LOG.warn("plugin {} is unloaded with {} calls still inside", manifest.id(), gate.inside());
        }
        Thread current = Thread.currentThread();
        ClassLoader outside = current.getContextClassLoader();
        try {
            manager.stopAndUnload();
        } catch (Throwable failure) {
            // It was to go anyway; what it threw says nothing to the person who removes it.
            LOG.warn("plugin {} failed when it was stopped: {}", manifest.id(), text(failure));
        } finally {
            current.setContextClassLoader(outside);
        }
        deleteUnpacked();
    }

    private void deleteUnpacked() {
        if (!Files.exists(libraries)) {
            return;
        }
        try (Stream<Path> files = Files.walk(libraries)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            LOG.warn("unpacked libraries of plugin {} could not be deleted: {}", manifest.id(), left.getMessage());
        }
    }
}
