package dev.tenon.records;

import java.util.Optional;
import java.util.UUID;

/**
 * A file that a field holds, or that was uploaded for one.
 *
 * @param id the field's value
 * @param mediaType as told from the content
 * @param size bytes
 * @param pixels of images
 */
public record StoredFile(UUID id, String name, String mediaType, long size, Optional<Pixels> pixels) {

    /** Size of an image. */
    public record Pixels(int width, int height) {}
}
