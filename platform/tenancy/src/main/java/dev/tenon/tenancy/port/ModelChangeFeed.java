package dev.tenon.tenancy.port;

import java.util.function.BiConsumer;

/** Tells this node which models any node has published. */
public interface ModelChangeFeed extends AutoCloseable {

    /**
     * Starts telling. The listener gets a tenant and the version in force, at most half a second after the version was
     * committed, also for versions of this very node; a version may be told twice, and only the last of several need be
     * told.
     */
    void start(BiConsumer<String, Long> listener);

    @Override
    void close();
}
