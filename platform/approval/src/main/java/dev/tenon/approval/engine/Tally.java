package dev.tenon.approval.engine;

/** Votes of one node run; kept on its row so that nobody needs to count history. */
public record Tally(int total, int yes, int no, int open) {
    public static final Tally NONE = new Tally(0, 0, 0, 0);
}
