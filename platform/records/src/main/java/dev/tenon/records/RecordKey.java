package dev.tenon.records;

import java.util.UUID;

/** A record by its object and id. */
public record RecordKey(String object, UUID id) {}
