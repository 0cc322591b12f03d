package dev.tenon.records;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A lock that a person or a script has set on a record.
 *
 * @param at when; a record's locks, one after the other, are told apart by it
 */
public record SetLock(String object, UUID record, UUID by, Instant at, Optional<String> reason) implements Hold {}
