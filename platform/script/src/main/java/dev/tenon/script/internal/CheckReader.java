package dev.tenon.script.internal;

import dev.tenon.script.ScriptCheck;
import dev.tenon.script.ScriptError;
import dev.tenon.script.ScriptResult;
import dev.tenon.script.ScriptTestResult;
import dev.tenon.sdk.error.ErrorKind;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Reads what workers answer to checks and test runs. */
public final class CheckReader {

    private CheckReader() {}

    /** A fault of the file becomes a problem; a fault of the server is thrown. */
    public static ScriptCheck check(Supplier<ScriptResult> call, String file) {
        try {
            return new ScriptCheck(List.of(), names(call.get()));
        } catch (PlatformException failure) {
            if (failure.code().kind() != ErrorKind.CUSTOMIZATION && failure.code() != ScriptError.USER_ERROR) {
                throw failure;
            }
            ErrorSource at = failure.source().orElse(new ErrorSource("", file, 0, 0));
            Object message = failure.args().get("message");
            String text = message == null
                    ? ErrorTexts.render(failure.code(), failure.args(), Locale.ENGLISH)
                    : message.toString();
            return new ScriptCheck(
                    List.of(new ScriptCheck.Problem(at.file(), at.line(), at.column(), text)), new TreeSet<>());
        }
    }

    public static SortedSet<String> names(ScriptResult result) {
        SortedSet<String> names = new TreeSet<>();
        if (result.value() instanceof List<?> list) {
            list.forEach(name -> names.add(String.valueOf(name)));
        }
        return java.util.Collections.unmodifiableSortedSet(names);
    }

    public static List<ScriptTestResult> tests(ScriptResult result, String file) {
        List<ScriptTestResult> tests = new ArrayList<>();
        if (result.value() instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> test) {
                    tests.add(new ScriptTestResult(
                            String.valueOf(test.get("name")),
                            Boolean.TRUE.equals(test.get("passed")),
                            text(test, "message", ""),
                            text(test, "file", file),
                            number(test, "line"),
                            number(test, "column")));
                }
            }
        }
        return tests;
    }

    private static String text(Map<?, ?> map, String key, String otherwise) {
        return map.get(key) instanceof String text ? text : otherwise;
    }

    private static int number(Map<?, ?> map, String key) {
        return map.get(key) instanceof Long number ? number.intValue() : 0;
    }
}
