package dev.tenon.web.odata;

/** How much one request may ask for, before anything below is asked. */
final class Limits {

    /** Rows of a page when the caller names no number: one screen. */
    static final int PAGE = 50;

    static final int MOST_ROWS = 1_000;

    /** Rows of an expanded collection for each record when the caller names no number. */
    static final int CHILDREN = 50;

    /** Deeper trees multiply rows; they are asked in several requests. */
    static final int EXPAND_DEPTH = 3;

    /** Ways that one request expands: each collection is a query, each reference a join. */
    static final int EXPAND_WAYS = 50;

    /** Nodes of a filter: far above what forms and reports build, far below what hurts a database's planner. */
    static final int PARTS = 300;

    /** Collections inside of each other: each is one more search for every row. */
    static final int LAMBDA_DEPTH = 3;

    /** Groups of an aggregation. */
    static final int GROUPS = 1_000;

    /** Records that are saved inside of one another: as many levels as are shown. */
    static final int DEEP_LEVELS = EXPAND_DEPTH + 1;

    /** Records that one request saves. */
    static final int DEEP_RECORDS = 1_000;

    /** Requests of a batch: the most that other services take, too. */
    static final int BATCH = 100;

    private Limits() {}
}
