package dev.tenon.store.automation;

import dev.tenon.automation.port.Interruption;
import dev.tenon.store.Database;
import dev.tenon.store.internal.RunningStatements;

/** Stops work by cancelling the statement that it waits for. */
public final class StatementInterruption implements Interruption {

    private final Database database;

    public StatementInterruption(Database database) {
        this.database = database;
    }

    @Override
    public Work begin() {
        RunningStatements.Watched watched = database.runningStatements().begin();
        return new Work() {
            @Override
            public void stop() {
                watched.stop();
            }

            @Override
            public boolean stopped() {
                return watched.stopped();
            }

            @Override
            public void close() {
                watched.close();
            }
        };
    }
}
