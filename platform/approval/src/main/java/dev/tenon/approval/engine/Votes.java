package dev.tenon.approval.engine;

import dev.tenon.metadata.model.ApprovalProcess.Mode;
import java.util.Collection;

/** The vote algebra: what a run's answers amount to. */
public final class Votes {

    private Votes() {}

    /** Result of a run. */
    public enum Result {
        OPEN,
        PASS,
        FAIL
    }

    /** Counts the leaves; a task that was taken away from somebody is no leaf any more. */
    public static Tally count(Collection<Task> tasks) {
        int yes = 0;
        int no = 0;
        int open = 0;
        for (Task task : tasks) {
            if (task.state().positive()) {
                yes++;
            } else if (task.state().negative()) {
                no++;
            } else if (task.state().open()) {
                open++;
            }
        }
        return new Tally(yes + no + open, yes, no, open);
    }

    /** The last voter has no special power: the same rule holds for every answer. */
    public static Result result(Mode mode, Tally tally) {
        return switch (mode) {
            case ALL, SEQUENTIAL ->
                tally.no() > 0 ? Result.FAIL : tally.open() == 0 && tally.yes() > 0 ? Result.PASS : Result.OPEN;
            case ANY_DECIDES -> tally.no() > 0 ? Result.FAIL : tally.yes() > 0 ? Result.PASS : Result.OPEN;
            case ANY_APPROVES -> tally.yes() > 0 ? Result.PASS : tally.open() == 0 ? Result.FAIL : Result.OPEN;
        };
    }
}
