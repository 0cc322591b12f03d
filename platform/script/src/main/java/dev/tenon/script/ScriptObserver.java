package dev.tenon.script;

import java.time.Duration;
import java.util.List;

/** Told of every finished call, for logs and meters. Called on the calling thread: be quick and do not throw. */
@FunctionalInterface
public interface ScriptObserver {

    ScriptObserver NONE = call -> {};

    void finished(FinishedCall call);

    /** @param outcome {@code ok} or the id of the error code */
    record FinishedCall(
            String tenant,
            String origin,
            String file,
            String function,
            String outcome,
            Duration duration,
            int hostCalls,
            List<String> console) {}
}
