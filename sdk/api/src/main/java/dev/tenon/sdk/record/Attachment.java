package dev.tenon.sdk.record;

import java.time.Instant;
import java.util.UUID;

/**
 * A file that is attached to a record.
 *
 * @param size bytes
 * @param createdBy id of the user who attached it
 */
public record Attachment(UUID id, String fileName, String mediaType, long size, UUID createdBy, Instant createdAt) {}
