package dev.tenon.plugin;

import dev.tenon.sdk.error.PlatformException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * An installed plugin as an administrator sees it.
 *
 * @param id for a jar that cannot be read, its file name
 * @param title what the manifest calls the plugin, else its id
 * @param error why it is not running
 * @param scopes what it declared to use
 * @param sdkRange the SDK versions it runs with
 * @param contributions names of its handlers
 * @param calls calls since the start
 * @param failures of these, calls that failed by the plugin's fault
 * @param busy calls inside the plugin now
 * @param time spent in the plugin, without the time the platform worked for it
 * @param lastFailure text of the last failure
 */
public record PluginStatus(
        String id,
        String version,
        String title,
        State state,
        Optional<PlatformException> error,
        Set<Scope> scopes,
        String sdkRange,
        Map<PluginHost.Kind, SortedSet<String>> contributions,
        long calls,
        long failures,
        int busy,
        Duration time,
        Optional<String> lastFailure) {

    public PluginStatus {
        scopes = Set.copyOf(scopes);
        Map<PluginHost.Kind, SortedSet<String>> copy = new EnumMap<>(PluginHost.Kind.class);
        copy.putAll(contributions);
        contributions = Collections.unmodifiableMap(copy);
    }

    /** Whether it can be called. */
    public enum State {
        STARTED,
        STOPPED,
        FAILED
    }
}
