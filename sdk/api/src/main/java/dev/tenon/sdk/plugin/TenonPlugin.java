package dev.tenon.sdk.plugin;

/**
 * A plugin's main class, named by {@code Plugin-Class} in the jar's manifest, with a public no-argument constructor.
 *
 * <p>The platform makes one instance for each start of the plugin and serves all tenants with it: what is contributed
 * must be safe for use by several threads and keep no tenant's data.
 */
public interface TenonPlugin {

    /** Called once at start, before any contribution is used. An exception makes the start fail and is reported. */
    void contribute(Contributions to);

    /** Called once after the last call into the plugin has returned; release threads and connections here. */
    default void stop() {}
}
