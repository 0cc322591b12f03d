package dev.tenon.records;

/**
 * What an identity may do with one record that it sees. A lock, for example of an approval, is told elsewhere.
 *
 * @param edit change it
 * @param delete delete it
 */
public record RecordRights(boolean edit, boolean delete) {}
