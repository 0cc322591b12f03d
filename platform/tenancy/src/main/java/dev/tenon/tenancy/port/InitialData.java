package dev.tenon.tenancy.port;

import dev.tenon.access.Identity;

/** Inserts rows that a package brings, through the same door as everybody's records. */
public interface InitialData {

    /**
     * Inserts every row of a CSV file, in the thread's transaction when there is one. The first row that is not accepted
     * ends it with a {@link dev.tenon.sdk.error.PlatformException} that has the line among its arguments.
     *
     * @param object global name
     */
    void insert(Identity identity, String object, String csv);
}
