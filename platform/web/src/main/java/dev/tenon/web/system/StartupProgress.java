package dev.tenon.web.system;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/** How far the start of the server is. Written by whoever starts it, read by anybody. Safe for use by several threads. */
@Component
public final class StartupProgress {

    /** Phase of a server that has nothing left to prepare. */
    public static final String READY = "ready";

    private final AtomicReference<State> state = new AtomicReference<>(new State(READY, 0, 0));

    /** @param phase a few English words for logs and the waiting page, for example {@code creating demo data} */
    public void report(String phase, long done, long total) {
        state.set(new State(phase, done, total));
    }

    public void ready() {
        state.set(new State(READY, 0, 0));
    }

    public State state() {
        return state.get();
    }

    /** One moment of the start. */
    public record State(String phase, long done, long total) {}
}
