package dev.tenon.plugin;

import java.util.Arrays;
import java.util.Optional;

/** What a plugin may use of the platform, declared in its manifest as {@code Tenon-Scopes} and shown before enabling. */
public enum Scope {
    RECORDS_READ("records.read"),
    RECORDS_WRITE("records.write"),
    ATTACHMENTS("attachments");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /** As written in the manifest. */
    public String text() {
        return text;
    }

    public static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }
}
