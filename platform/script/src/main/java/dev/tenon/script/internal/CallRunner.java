package dev.tenon.script.internal;

import dev.tenon.script.ScriptCall;
import dev.tenon.script.ScriptError;
import dev.tenon.script.ScriptResult;
import dev.tenon.script.ScriptSettings;
import dev.tenon.script.wire.FrameChannel;
import dev.tenon.script.wire.Wire;
import dev.tenon.sdk.error.PlatformException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes calls: takes a lane, talks over it, and decides what the end of a worker means for whom. */
public final class CallRunner implements AutoCloseable {

    /** Waiting is allowed to take so much longer than computing: the machine may be busy with others. */
    private static final int WAITING_FACTOR = 5;

    private static final int MAX_NESTING = 6;

    /** No script fills a worker's memory in less time. */
    private static final long SUSPECT_NANOS = 20_000_000;

    /** How deep this thread is in calls that wait for the server. */
    private static final ThreadLocal<Integer> NESTING = ThreadLocal.withInitial(() -> 0);

    private final ScriptSettings settings;
    private final WorkerPool pool;
    private final Overseer overseer = new Overseer();
    private final Offenders offenders = new Offenders();

    public CallRunner(ScriptSettings settings) {
        this.settings = settings;
        this.pool = new WorkerPool(settings);
    }

    /** Ids of the worker processes. */
    public List<Long> pids() {
        return pool.pids();
    }

    public ScriptResult run(ScriptCall call) {
        offenders.refuseBlocked(call);
        if (NESTING.get() >= MAX_NESTING) {
            throw Outcomes.error(call, ScriptError.NESTED_TOO_DEEP)
                    .with("depth", MAX_NESTING)
                    .build();
        }
        String arguments = JsonValues.text(JsonValues.toJson(call.arguments()));
        long start = System.nanoTime();
        boolean alone = false;
        for (int attempt = 1; ; attempt++) {
            HostCalls host = new HostCalls(call.host(), settings.calls().hostCalls());
            Conversation conversation = new Conversation(call, arguments, host);
            WorkerPool.Slot slot = acquire(call, conversation, alone);
            try {
                JsonNode answer = conversation.hold(slot);
                pool.release(slot);
                if (answer.path("kind").asString("").equals("engine")) {
                    pool.retire(slot.worker());
                }
                return finish(call, answer, host, start);
            } catch (IOException broken) {
                Worker.Death death = pool.abandon(slot, conversation.guilty ? conversation : null);
                if (death.culprit() == conversation) {
                    offenders.record(call, conversation.guiltOf);
                    throw conversation.guiltOf.equals("timeout")
                            ? Outcomes.timeout(call, deadline(call))
                            : Outcomes.error(call, ScriptError.OUT_OF_MEMORY).build();
                }
                boolean mine = death.callsThen() == 1 && death.culprit() == null;
                if (mine && death.outOfMemory()) {
                    offenders.record(call, "out-of-memory");
                    throw Outcomes.error(call, ScriptError.OUT_OF_MEMORY).build();
                }
                if (host.changedSomething() || attempt >= 3) {
                    throw unavailable("the worker was stopped while it served this call");
                }
                // Of several calls in a worker that ran out of memory nobody knows which one it was: each that had the
                // time to fill it runs alone.
                alone = death.outOfMemory() && conversation.age() > SUSPECT_NANOS;
            } catch (RuntimeException | Error failure) {
                if (conversation.open) {
                    pool.abandon(slot, null);
                }
                throw failure;
            }
        }
    }

    private WorkerPool.Slot acquire(ScriptCall call, Conversation conversation, boolean alone) {
        try {
            return pool.acquire(call.tenant(), conversation, NESTING.get() > 0, alone);
        } catch (WorkerPool.NoLane none) {
            throw unavailable(String.valueOf(none.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unavailable("the request was cancelled");
        }
    }

    private static PlatformException unavailable(String reason) {
        return ScriptError.UNAVAILABLE.error().with("reason", reason).build();
    }

    private Duration deadline(ScriptCall call) {
        return call.deadline().orElse(settings.calls().deadline());
    }

    private ScriptResult finish(ScriptCall call, JsonNode answer, HostCalls host, long start) {
        if (host.fatal().isPresent()) {
            throw host.fatal().get();
        }
        if (host.overLimit()) {
            throw Outcomes.error(call, ScriptError.HOST_CALL_LIMIT)
                    .with("limit", settings.calls().hostCalls())
                    .build();
        }
        if (!answer.path("op").asString("").equals("done")) {
            throw Outcomes.failure(call, answer, host, settings, deadline(call));
        }
        List<String> console = new ArrayList<>();
        answer.path("console").forEach(line -> console.add(line.asString("")));
        try {
            JsonNode value = Wire.JSON.readTree(answer.path("result").asString("null"));
            return new ScriptResult(
                    JsonValues.toJava(value), console, host.calls(), Duration.ofNanos(System.nanoTime() - start));
        } catch (tools.jackson.core.JacksonException unreadable) {
            throw Outcomes.error(call, ScriptError.BAD_VALUE)
                    .with("field", "the result")
                    .with("message", "it is nested too deeply")
                    .build();
        }
    }

    @Override
    public void close() {
        overseer.close();
        pool.close();
    }

    /** One attempt of one call on one lane. */
    private final class Conversation {
        private final ScriptCall call;
        private final String arguments;
        private final HostCalls host;
        private final long waitingMillis;
        private final long started = System.nanoTime();
        private boolean open;
        private boolean guilty;
        private String guiltOf = "timeout";

        Conversation(ScriptCall call, String arguments, HostCalls host) {
            this.call = call;
            this.arguments = arguments;
            this.host = host;
            this.waitingMillis = deadline(call).toMillis() * WAITING_FACTOR;
        }

        long age() {
            return System.nanoTime() - started;
        }

        JsonNode hold(WorkerPool.Slot slot) throws IOException {
            FrameChannel lane = slot.lane();
            open = true;
            lane.write(Wire.JSON
                    .createObjectNode()
                    .put("modules", call.modules().hash())
                    .put("file", call.file())
                    .put("function", call.function())
                    .put("kind", call.kind().name())
                    .put("arguments", arguments)
                    .put("computing", deadline(call).toMillis())
                    .put("waiting", waitingMillis)
                    .put("maxResult", settings.calls().maxResult()));
            while (true) {
                JsonNode frame = read(slot);
                switch (frame.path("op").asString("")) {
                    case "need" -> {
                        ObjectNode files = Wire.JSON.createObjectNode();
                        call.modules().files().forEach(files::put);
                        ObjectNode sent = Wire.JSON.createObjectNode();
                        sent.set("files", files);
                        lane.write(sent);
                    }
                    case "ask" -> lane.write(reply(frame));
                    case "stuck" -> {
                        guilty = true;
                        guiltOf = frame.path("kind").asString("timeout");
                        throw new IOException("the script does not end");
                    }
                    case "done", "failed", "aborted" -> {
                        open = false;
                        return frame;
                    }
                    default -> throw new IOException("unexpected frame");
                }
            }
        }

        /** The worker ends overdue scripts itself; this is for a worker that no longer can. */
        private JsonNode read(WorkerPool.Slot slot) throws IOException {
            Overseer.Watch watch =
                    overseer.watch(slot.worker(), this, Duration.ofMillis(waitingMillis + 2 * Wire.GRACE_MILLIS));
            try {
                return slot.lane().read();
            } finally {
                if (watch.end()) {
                    guilty = true;
                }
            }
        }

        private ObjectNode reply(JsonNode frame) {
            int depth = NESTING.get();
            NESTING.set(depth + 1);
            try {
                Optional<String> answer = host.answer(
                        frame.path("name").asString(""), frame.path("payload").asString("null"));
                ObjectNode reply = Wire.JSON.createObjectNode().put("op", answer.isPresent() ? "reply" : "abort");
                answer.ifPresent(text -> reply.put("payload", text));
                return reply;
            } finally {
                NESTING.set(depth);
            }
        }
    }
}
