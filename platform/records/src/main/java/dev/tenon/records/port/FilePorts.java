package dev.tenon.records.port;

/** Everything that files need: what is known of them, their bytes, what they are. */
public record FilePorts(FileStore files, BlobStore blobs, ContentInspection inspection) {}
