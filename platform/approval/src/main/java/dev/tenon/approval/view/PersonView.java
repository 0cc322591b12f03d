package dev.tenon.approval.view;

import java.util.UUID;

/** A person by id and name. */
public record PersonView(UUID id, String name) {}
