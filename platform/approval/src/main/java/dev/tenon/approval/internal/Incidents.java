package dev.tenon.approval.internal;

import dev.tenon.sdk.error.PlatformException;

/** What an administrator is told about why an approval stopped. */
final class Incidents {

    /** Length of the column that keeps it. */
    private static final int MOST_CHARS = 255;

    private Incidents() {}

    /** Code and place of the fault; never values, which may be secret. */
    static String describe(PlatformException fault) {
        String text = fault.code().id() + fault.source().map(at -> " " + at).orElse("");
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS);
    }
}
