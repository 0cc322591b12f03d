package dev.tenon.records.internal;

import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.PlatformException;

/** How much one request may ask for; everything beyond is {@code records.limit-exceeded}. */
public final class Limits {

    /** Rows of a page: what fits comfortably into one answer. */
    public static final int TOP = 1_000;

    /** Rows of a page of who walks through a list: each page is searched in the whole of it, so few are cheaper. */
    static final int WALKED = 10_000;

    /** Rows to pass over: the database walks them all, so deeper reading goes by {@code id > last}. */
    public static final int SKIP = 100_000;

    /** Levels of expand: a deeper tree is a report, not a page. */
    static final int EXPAND_DEPTH = 4;

    /** Rows of one expanded collection over all rows of the page. */
    static final int EXPAND_ROWS = 10_000;

    /** Records linked or unlinked by one save, and links of a set that is sent whole. */
    static final int LINKS = 1_000;

    static final int GROUPS = 10_000;

    /** Values of one {@code in} over ids, and rows that are read or computed at a time. */
    static final int BATCH = 500;

    /** Records that go with a deleted one: a larger tree is deleted part by part. */
    static final int CASCADE = 10_000;

    /** Records whose formulas read the saved one: they are computed in the same transaction, row by row. */
    static final int DEPENDENTS = 50_000;

    /** Saves within saves, started by triggers. Five is more than honest cascades take, and ends circles soon. */
    static final int TRIGGER_DEPTH = 5;

    /** Bytes of an attachment. */
    static final long ATTACHMENT_BYTES = 50L * 1024 * 1024;

    /** Characters of the reason of a lock: a sentence or two. */
    static final int LOCK_REASON = 500;

    static final int HISTORY_ENTRIES = 1_000;

    private Limits() {}

    static void check(String limit, long asked, long maximum) {
        if (asked > maximum || asked < 0) {
            throw exceeded(limit, maximum);
        }
    }

    static PlatformException exceeded(String limit, long maximum) {
        return RecordsError.LIMIT_EXCEEDED
                .error()
                .with("limit", limit)
                .with("maximum", maximum)
                .build();
    }
}
