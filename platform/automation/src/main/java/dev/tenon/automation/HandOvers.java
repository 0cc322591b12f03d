package dev.tenon.automation;

import dev.tenon.access.Identity;
import java.util.List;
import java.util.UUID;

/**
 * Gives everything that one person owns, and the work items that wait for him, to another one: in the background, in small
 * transactions, gone on with after a crash. Every call checks that the caller may manage the person.
 */
public interface HandOvers {

    /** Throws where {@link #start} would. */
    void check(Identity identity, UUID from, UUID to);

    HandOverStatus start(Identity identity, UUID from, UUID to);

    HandOverStatus require(Identity identity, UUID id);

    /** The tenant's latest, newest first. */
    List<HandOverStatus> list(Identity identity);

    /** What was handed over stays so. */
    HandOverStatus cancel(Identity identity, UUID id);

    /** Who may hand over what is whose. */
    interface Rules {

        /** Throws where the actor may not give the one's belongings to the other. */
        void require(Identity actor, UUID from, UUID to);

        /** Told when it has begun. */
        void started(Identity actor, UUID from, UUID to);

        /** Throws where the actor may not see or stop hand-overs. */
        void requireAdministrator(Identity actor);
    }
}
