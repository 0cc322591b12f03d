package dev.tenon.web.admin;

import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.web.errors.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Problems of metadata as they are told to those who customize: what, where, and in which file and line. */
final class Refusals {

    private Refusals() {}

    static List<Map<String, @Nullable Object>> write(List<Problem> problems, Locale locale) {
        return problems.stream().map(p -> write(p, locale)).toList();
    }

    private static Map<String, @Nullable Object> write(Problem problem, Locale locale) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>(Problems.entry(problem.detail(), locale));
        ErrorSource source = problem.source();
        entry.put("source", Problems.source(source));
        return entry;
    }

    /** The short form for editors: a place and a sentence. */
    static Map<String, @Nullable Object> marked(Problem problem, Locale locale) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("line", problem.source().line());
        entry.put("column", problem.source().column());
        entry.put(
                "message",
                ErrorTexts.render(problem.detail().code(), problem.detail().args(), locale));
        entry.put("code", problem.detail().code().id());
        return entry;
    }
}
