package dev.tenon.sdk.record;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A lock that somebody has set on a record.
 *
 * @param by who has set it; absent where the acting user may not see that person
 */
public record RecordLock(Optional<UUID> by, Instant at, Optional<String> reason) {}
