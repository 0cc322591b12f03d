package dev.tenon.metadata.model;

/** Code behind a trigger, action, resolver or policy. */
public sealed interface Handler {

    /** Export {@code function} of the script file {@code file} of {@code origin}. */
    record Script(String origin, String file, String function) implements Handler {}

    /** The contribution {@code name} of a plugin. */
    record Plugin(String pluginId, String name) implements Handler {}
}
