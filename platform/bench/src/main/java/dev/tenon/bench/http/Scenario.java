package dev.tenon.bench.http;

import java.io.IOException;

/**
 * Something that clients do again and again.
 *
 * @param comparable whether the same request to both servers must be answered with the same rows
 */
record Scenario(String name, boolean comparable, Clients clients) {

    /** Makes a client; what it needs to know beforehand it asks now, before time counts. */
    @FunctionalInterface
    interface Clients {
        Client client(Side side, HttpConnection connection, int number) throws IOException;
    }

    /** One client, used by one thread. */
    @FunctionalInterface
    interface Client {
        /** Sends the next request and checks that it succeeded. */
        HttpConnection.Answer next() throws IOException;
    }
}
