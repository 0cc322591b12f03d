package dev.tenon.script;

/**
 * A function to call.
 *
 * @param file path inside the modules
 * @param function name of the export
 */
public record ScriptTarget(ScriptModules modules, String file, String function) {}
