package dev.tenon.script;

/**
 * The outcome of one {@code test("name", …)} of a test file.
 *
 * @param message what failed; empty when passed
 * @param file where it failed, with line and column, 1-based; line 0 when passed or not known
 */
public record ScriptTestResult(String name, boolean passed, String message, String file, int line, int column) {}
