package dev.tenon.script;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call gave back.
 *
 * @param value text, {@link Long}, {@link java.math.BigDecimal}, {@link Boolean}, a list or a map of these, or null
 * @param console lines written with {@code console.log}, in order; cut off where there were too many
 * @param hostCalls how often the script called the server
 * @param duration from taking a lane to the answer
 */
public record ScriptResult(@Nullable Object value, List<String> console, int hostCalls, Duration duration) {

    public ScriptResult {
        console = List.copyOf(console);
    }
}
