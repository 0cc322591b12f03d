package dev.tenon.script.worker;

import dev.tenon.script.wire.Wire;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One call: a fresh context, the prelude, the file, the function, the answer. */
final class Call {

    private static final int MAX_LOG_LINES = 200;
    private static final int MAX_LOG_CHARS = 16_000;

    /** The server, as a running script reaches it. */
    interface Server {
        JsonNode ask(String name, String payload) throws IOException;

        /** The script does not end; the server should end this process. */
        void tellStuck(Execution.Reason reason);
    }

    private final JsonNode request;
    private final ModuleFiles files;
    private final Sandbox sandbox;
    private final Server server;
    private final String file;
    private final String function;
    private final String kind;
    private final int maxResult;
    private final ArrayNode console = Wire.JSON.createArrayNode();
    private int consoleChars;
    private @Nullable Execution execution;
    private @Nullable ObjectNode aborted;
    private @Nullable IOException lost;

    Call(JsonNode request, ModuleFiles files, Sandbox sandbox, Server server) {
        this.request = request;
        this.files = files;
        this.sandbox = sandbox;
        this.server = server;
        this.file = request.get("file").asString();
        this.function = request.get("function").asString();
        this.kind = request.get("kind").asString();
        this.maxResult = request.get("maxResult").asInt();
    }

    /** The last frame of the call. IOException when the server is gone. */
    ObjectNode run() throws IOException {
        ObjectNode answer = null;
        if (!files.contains(file)) {
            answer = failed("file-missing", "");
        } else {
            try (Context context = sandbox.open(files)) {
                Execution running = new Execution(
                        context,
                        request.get("computing").asLong(),
                        request.get("waiting").asLong(),
                        server::tellStuck);
                execution = running;
                Watchdog.watch(running);
                try {
                    answer = execute(context);
                } finally {
                    running.settle();
                }
            } catch (PolyglotException closing) {
                // Leaving a context that was ended from outside throws once more.
                answer = answer != null ? answer : Failures.told(closing, error -> null, file);
            } catch (StackOverflowError deep) {
                answer = failed("too-deep", "");
            }
        }
        if (lost != null) {
            throw lost;
        }
        if (aborted != null) {
            answer = aborted;
        } else if (ended().isPresent()) {
            answer = failed(ended().get().kind(), "");
        }
        answer.set("console", console);
        return answer;
    }

    private Optional<Execution.Reason> ended() {
        return execution == null ? Optional.empty() : execution.ended();
    }

    private ObjectNode execute(Context context) {
        Value api = null;
        try {
            Value setUp = context.eval(sandbox.prelude());
            api = setUp.execute((ProxyExecutable) this::outside, kind);
            Value exports = context.eval(Sandbox.entry(file));
            return switch (kind) {
                case "EXPORTS" -> done(Wire.JSON.writeValueAsString(functionsOf(exports)));
                case "VISIBILITY" -> done(api.invokeMember("policy", function).asString());
                case "TESTS" -> done(runTests(context, api));
                default -> invoke(context, api, exports);
            };
        } catch (PolyglotException failure) {
            return Failures.locateImport(Failures.told(failure, describing(api), file), files);
        } catch (StackOverflowError deep) {
            return failed("too-deep", "");
        }
    }

    private ObjectNode invoke(Context context, Value api, Value exports) {
        Value target = exports.getMember(function);
        if (target == null || !target.canExecute()) {
            ObjectNode missing = failed("export-missing", "");
            ArrayNode names = missing.putArray("exports");
            functionsOf(exports).forEach(names::add);
            return missing;
        }
        try {
            Value text =
                    api.invokeMember("invoke", target, request.get("arguments").asString());
            if (text.isNull()) {
                text = api.invokeMember("collect");
            }
            return done(text.asString());
        } catch (PolyglotException failure) {
            ObjectNode told = Failures.told(failure, describing(api), file);
            if (told.path("line").asInt(0) == 0 && target.getSourceLocation() != null) {
                // Thrown while the answer was taken over: the function itself is the best place to name.
                Failures.locate(told, target.getSourceLocation());
            }
            return told;
        }
    }

    private String runTests(Context context, Value api) {
        ArrayNode results = Wire.JSON.createArrayNode();
        JsonNode names = Wire.JSON.readTree(api.invokeMember("testNames").asString());
        for (int i = 0; i < names.size(); i++) {
            ObjectNode result = results.addObject().put("name", names.get(i).asString());
            try {
                if (api.invokeMember("runTest", i).isNull()) {
                    api.invokeMember("collect");
                }
                result.put("passed", true);
            } catch (PolyglotException failure) {
                ObjectNode told = Failures.told(failure, describing(api), file);
                if (ended().isPresent() || failure.isCancelled() || failure.isResourceExhausted()) {
                    throw failure;
                }
                result.put("passed", false).setAll(told);
            }
        }
        return Wire.JSON.writeValueAsString(results);
    }

    private static Set<String> functionsOf(Value exports) {
        Set<String> names = new TreeSet<>();
        for (String name : exports.getMemberKeys()) {
            Value member = exports.getMember(name);
            if (member != null && member.canExecute()) {
                names.add(name);
            }
        }
        return names;
    }

    private ObjectNode done(String result) {
        if (result.length() > maxResult) {
            return failed("too-much-output", "");
        }
        return Lane.frame("done").put("result", result);
    }

    private ObjectNode failed(String kindOfFailure, String message) {
        return Lane.frame("failed")
                .put("kind", kindOfFailure)
                .put("message", message)
                .put("file", file);
    }

    private Failures.Describer describing(@Nullable Value api) {
        return api == null
                ? error -> null
                : error -> api.invokeMember("describe", error).asString();
    }

    /** The only function of the sandbox that leads out: a name and JSON in, JSON back. */
    private @Nullable Object outside(Value... arguments) {
        String name = arguments[0].asString();
        String payload = arguments[1].asString();
        if (name.equals("log")) {
            log(payload);
            return null;
        }
        Execution running = execution;
        if (running == null || aborted != null || !running.beginAsking()) {
            throw new EndOfCall();
        }
        if (payload.length() > maxResult) {
            running.endAsking();
            return error("the values are longer than " + maxResult + " characters");
        }
        try {
            JsonNode reply = server.ask(name, payload);
            String op = reply.get("op").asString();
            if (op.equals("abort")) {
                // The server will throw its own error to its caller; the script must not go on.
                aborted = Lane.frame("aborted");
            } else {
                return reply.get("payload").asString();
            }
        } catch (IOException gone) {
            lost = gone;
            aborted = Lane.frame("aborted");
        } finally {
            running.endAsking();
        }
        // From another thread: a context that its own thread closes goes on for as long as the script catches
        // everything.
        running.end(Execution.Reason.TIME);
        throw new EndOfCall();
    }

    private static String error(String message) {
        ObjectNode reply = Wire.JSON.createObjectNode();
        reply.putObject("error").put("message", message);
        return Wire.JSON.writeValueAsString(reply);
    }

    private void log(String line) {
        if (console.size() < MAX_LOG_LINES && consoleChars < MAX_LOG_CHARS) {
            String cut = line.length() > 2000 ? line.substring(0, 2000) + "…" : line;
            consoleChars += cut.length();
            console.add(cut);
            if (console.size() == MAX_LOG_LINES || consoleChars >= MAX_LOG_CHARS) {
                console.add("… further output is not kept");
            }
        }
    }

    /** Unwinds a script whose context is being closed; the script may catch it, but computes no further. */
    private static final class EndOfCall extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EndOfCall() {
            super("the call is being ended", null, false, false);
        }
    }
}
