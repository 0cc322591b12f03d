package dev.tenon.sdk.plugin;

import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.record.RecordClient;
import java.time.Instant;

/** What every call into a plugin gets. Valid until the call returns, for the calling thread only. */
public interface CallContext {

    ActingUser user();

    /** The time of the request; constant during one call. */
    Instant now();

    /** Records, with the rights of {@link #user()}. */
    RecordClient records();

    /** Tells what the plugin declared, for example a limit kept in the package's settings. */
    java.util.Optional<Object> setting(String name);
}
