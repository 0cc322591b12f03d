package dev.tenon.script.internal;

import dev.tenon.script.ScriptCall;
import dev.tenon.script.ScriptError;
import dev.tenon.script.ScriptSettings;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.error.Suggestions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Turns a worker's report of a failure into the platform's error. */
public final class Outcomes {

    private static final int MAX_FRAMES = 200;

    private Outcomes() {}

    /** An error of the called file as a whole. */
    public static PlatformException.Builder error(ScriptCall call, ScriptError code) {
        return code.error()
                .with("file", call.file())
                .with("origin", call.modules().origin())
                .at(new ErrorSource(call.modules().origin(), call.file(), 0, 0));
    }

    static PlatformException timeout(ScriptCall call, Duration deadline) {
        return error(call, ScriptError.TIMEOUT)
                .with("milliseconds", deadline.toMillis())
                .build();
    }

    static PlatformException failure(
            ScriptCall call, JsonNode answer, HostCalls host, ScriptSettings settings, Duration deadline) {
        String message = answer.path("message").asString("");
        ErrorSource source = new ErrorSource(
                call.modules().origin(),
                answer.path("file").asString(call.file()),
                answer.path("line").asInt(0),
                answer.path("column").asInt(0));
        return switch (answer.path("kind").asString("")) {
            case "timeout" -> timeout(call, deadline);
            case "out-of-memory" -> error(call, ScriptError.OUT_OF_MEMORY).build();
            case "user-error" -> userError(message, answer.path("field"), source);
            case "record-error" ->
                host.ticket(answer.path("ticket").asInt(-1))
                        .map(original -> located(original, source))
                        .orElseGet(() -> located(ScriptError.FAILED, message, source));
            case "syntax-error" -> located(ScriptError.SYNTAX_ERROR, message, source);
            case "file-missing" -> error(call, ScriptError.FILE_MISSING).build();
            case "export-missing" -> exportMissing(call, answer);
            case "too-deep" ->
                ScriptError.TOO_DEEP
                        .error()
                        .with("file", source.file())
                        .with("frames", MAX_FRAMES)
                        .at(source)
                        .build();
            case "too-much-output" ->
                error(call, ScriptError.TOO_MUCH_OUTPUT)
                        .with("limit", settings.calls().maxResult())
                        .build();
            default -> located(ScriptError.FAILED, message, source);
        };
    }

    private static PlatformException located(ScriptError code, String message, ErrorSource source) {
        return code.error()
                .with("file", source.file())
                .with("message", message)
                .at(source)
                .build();
    }

    private static PlatformException userError(String message, JsonNode field, ErrorSource source) {
        PlatformException.Builder error =
                ScriptError.USER_ERROR.error().with("message", message).at(source);
        if (field.isString() && !field.asString().isEmpty()) {
            error.with("field", field.asString())
                    .detail(new ErrorDetail(
                            ScriptError.USER_ERROR, "/" + field.asString(), Map.of("message", message)));
        }
        return error.build();
    }

    /** The record client's own error, with the script's line added where it names none. */
    private static PlatformException located(PlatformException original, ErrorSource source) {
        if (original.source().isPresent()) {
            return original;
        }
        PlatformException.Builder copy =
                original.code().error().details(original.details()).at(source).causedBy(original);
        original.args().forEach(copy::with);
        return copy.build();
    }

    private static PlatformException exportMissing(ScriptCall call, JsonNode answer) {
        List<String> exports = new ArrayList<>();
        answer.path("exports").forEach(name -> exports.add(name.asString("")));
        String near = Suggestions.nearest(call.function(), exports);
        return error(call, ScriptError.EXPORT_MISSING)
                .with("function", call.function())
                .with("exports", exports.isEmpty() ? "-" : String.join(", ", exports))
                .with("suggestion", near.isEmpty() ? "" : " (" + near + "?)")
                .build();
    }
}
