package dev.tenon.approval.view;

/** A thing by its stable name and its label in the reader's language. */
public record NameLabel(String name, String label) {}
