package dev.tenon.metadata.model;

/** Binds code that restricts what people see of approvals to one approval process. */
public record VisibilityPolicy(String name, String origin, String process, Handler handler) {}
