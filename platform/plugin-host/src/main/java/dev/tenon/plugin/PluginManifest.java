package dev.tenon.plugin;

import java.util.Set;

/**
 * What a plugin's jar says about itself.
 *
 * @param title what it calls itself, else its id
 * @param sdkRange the SDK versions it runs with
 */
public record PluginManifest(
        String id, String version, String title, String mainClass, String sdkRange, Set<Scope> scopes) {

    public PluginManifest {
        scopes = Set.copyOf(scopes);
    }
}
