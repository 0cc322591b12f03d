package dev.tenon.script;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of an exported function. It gets one object with the arguments, {@code records} and {@code settings}.
 *
 * @param tenant whose call it is; one tenant's calls never take all the room there is
 * @param file the file inside {@code modules} that exports the function
 * @param arguments names to values: text, numbers, booleans, dates, ids, lists and maps of these, or null
 * @param deadline computing time the script may use; the settings' one when empty
 */
public record ScriptCall(
        String tenant,
        ScriptModules modules,
        String file,
        String function,
        Kind kind,
        Map<String, @Nullable Object> arguments,
        Optional<Duration> deadline,
        HostApi host) {

    public ScriptCall {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** How arguments and answer are understood. */
    public enum Kind {
        /** The answer is what the function returns. */
        FUNCTION,
        /** The function changes the argument {@code record}; the answer is the changed fields. */
        TRIGGER,
        /** The file registers visibility rules; the answer is the rule for the process named as function. */
        VISIBILITY,
        /** The file is loaded; the answer is the names of the functions it exports. */
        EXPORTS,
        /** The file's tests are run; the answer is a list of their results. */
        TESTS
    }
}
