package dev.tenon.records;

import java.util.UUID;

/**
 * Another record that a duplicate rule takes for the same.
 *
 * @param rule the one by which it is most alike
 * @param title as the caller may read it
 * @param likeness of the least alike of the compared values, 100 for the same
 */
public record PossibleDuplicate(String rule, UUID id, String title, int likeness) {}
