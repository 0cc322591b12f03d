package dev.tenon.plugin;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Place and limits of plugins.
 *
 * @param folder where installed jars are kept
 * @param maxJarBytes size of a plugin's jar
 * @param maxUnpackedBytes size of all its files unpacked
 * @param startTimeout how long a plugin may take to contribute
 * @param triggerTimeout how long one trigger may take; it runs in a transaction that holds locks
 * @param callTimeout how long one action, resolver or policy may take
 * @param drainTimeout how long an old version may finish its calls before it is stopped
 * @param callsAtOnce calls that may be inside one plugin at the same time
 */
public record PluginSettings(
        Path folder,
        long maxJarBytes,
        long maxUnpackedBytes,
        Duration startTimeout,
        Duration triggerTimeout,
        Duration callTimeout,
        Duration drainTimeout,
        int callsAtOnce) {

    public static PluginSettings in(Path folder) {
        return new PluginSettings(
                folder,
                100L * 1024 * 1024,
                500L * 1024 * 1024,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(15),
                64);
    }

    public PluginSettings withTimeouts(Duration start, Duration trigger, Duration call, Duration drain) {
        return new PluginSettings(folder, maxJarBytes, maxUnpackedBytes, start, trigger, call, drain, callsAtOnce);
    }

    public PluginSettings withSizes(long jarBytes, long unpackedBytes, int calls) {
        return new PluginSettings(
                folder, jarBytes, unpackedBytes, startTimeout, triggerTimeout, callTimeout, drainTimeout, calls);
    }
}
