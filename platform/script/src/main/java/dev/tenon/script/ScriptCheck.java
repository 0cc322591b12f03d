package dev.tenon.script;

import java.util.List;
import java.util.SortedSet;

/**
 * What is found out about a script file without calling any of its functions.
 *
 * @param functions names of the exported functions; empty when there are problems
 */
public record ScriptCheck(List<Problem> problems, SortedSet<String> functions) {

    public ScriptCheck {
        problems = List.copyOf(problems);
        functions = java.util.Collections.unmodifiableSortedSet(new java.util.TreeSet<>(functions));
    }

    /** Line and column are 1-based; 0 when not known. */
    public record Problem(String file, int line, int column, String message) {}
}
