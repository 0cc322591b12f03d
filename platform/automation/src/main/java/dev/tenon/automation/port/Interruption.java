package dev.tenon.automation.port;

/** Lets the work of one thread be stopped by another one, in the middle of a database's statement, too. */
public interface Interruption {

    /** What the thread does from here on can be stopped, until this is closed. */
    Work begin();

    /** Stopped by any thread, closed by its own. */
    interface Work extends AutoCloseable {

        /** The statement that runs is given up, and none is begun any more. */
        void stop();

        boolean stopped();

        @Override
        void close();
    }
}
