package dev.tenon.store.internal;

import dev.tenon.store.StoreError;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jspecify.annotations.Nullable;

/** Knows which statement a thread runs whose work others may stop. */
public final class RunningStatements implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    private static final ThreadLocal<@Nullable Watched> WATCHED = new ThreadLocal<>();

    /** Has the thread's statements watched until the result is closed. */
    public Watched begin() {
        Watched watched = new Watched();
        WATCHED.set(watched);
        return watched;
    }

    @Override
    public void executeStart(ExecuteContext context) {
        Watched watched = WATCHED.get();
        Statement statement = context.statement();
        if (watched != null && statement != null) {
            watched.begins(statement);
        }
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        over();
    }

    /** Last of the listeners, so that the wish to stop is told rather than what the database says of it. */
    @Override
    public void exception(ExecuteContext context) {
        Watched watched = over();
        RuntimeException fault = context.exception();
        if (watched != null && watched.stopped() && fault != null) {
            context.exception(StoreError.STOPPED.error().causedBy(fault).build());
        }
    }

    private static @Nullable Watched over() {
        Watched watched = WATCHED.get();
        if (watched != null) {
            watched.ends();
        }
        return watched;
    }

    /** The work of one thread. */
    public static final class Watched implements AutoCloseable {

        private @Nullable Statement statement;
        private volatile boolean stopped;

        private Watched() {}

        private synchronized void begins(Statement begun) {
            if (stopped) {
                throw StoreError.STOPPED.error().build();
            }
            statement = begun;
        }

        private synchronized void ends() {
            statement = null;
        }

        public boolean stopped() {
            return stopped;
        }

        /** Called by any thread. */
        public synchronized void stop() {
            stopped = true;
            if (statement != null) {
                try {
                    statement.cancel();
                } catch (SQLException unable) {
                    // It comes to its end by itself; no other one begins.
                    return;
                }
            }
        }

        @Override
        public void close() {
            ends();
            WATCHED.remove();
        }
    }
}
